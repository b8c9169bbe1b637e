package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Against a broker that wants TLS and a login. */
@TestInstance(Lifecycle.PER_CLASS)
class SecurityTest {
  private static final Configuration NONE = quick();
  private static final String WRONG = "pass-that-is-wrong-19e4";

  private SecureBroker broker;
  private String address;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    broker = SecureBroker.start(folder);
    address = broker.clientProperties().get("bootstrap.servers");
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void rightPropertiesLetIn() throws IOException, InterruptedException {
    var file = broker.clientPropertiesFile().toString();
    var client = KafkaClient.of(null, file, NONE);
    assertThat(new TopicMaker(client, NONE).ensure("shop", 2)).isEqualTo(2);
    assertThat(client.toString()).isEqualTo(address);
  }

  @Test
  void wrongPasswordIsToldOfAndNotShown() {
    assertRefused(
        Map.of("sasl.jaas.config", SecureBroker.login("shop", WRONG)),
        Set.of(),
        Failure.USAGE,
        "Cannot log in to Kafka at %s: Authentication failed: Invalid username or password (check the"
            + " user, the password");
  }

  @Test
  void missingLoginIsToldOf() {
    // The broker waits for a login, the client for an answer.
    assertRefused(
        Map.of("security.protocol", "SSL"),
        Set.of("sasl.jaas.config", "sasl.mechanism"),
        Failure.NOT_READY,
        "Cannot use topic shop: no answer in time (");
    assertRefused(
        Map.of(),
        Set.of("sasl.jaas.config"),
        Failure.USAGE,
        "Invalid address or client properties of Kafka at %s: Could not find a"
            + " 'KafkaClient' entry in the JAAS configuration");
  }

  @Test
  void missingTlsIsToldOf() {
    assertRefused(
        Map.of("security.protocol", "PLAINTEXT"),
        Set.of(),
        Failure.NOT_READY,
        "Cannot use topic shop: no answer in time (");
  }

  @Test
  void strangeCertificateIsToldOf() {
    assertRefused(
        broker.trustIn("stranger"),
        Set.of(),
        Failure.USAGE,
        "Cannot use TLS with Kafka at %s: unable to find valid certification path to requested"
            + " target (check ssl.truststore.location in --client-properties");
  }

  @Test
  void propertiesThatNoClientCanUseAreToldOf() {
    assertRefused(
        Map.of("ssl.truststore.password", WRONG),
        Set.of(),
        Failure.USAGE,
        "Invalid address or client properties of Kafka at %s: ");
    assertRefused(
        Map.of("ssl.truststore.location", "/no/such/file"),
        Set.of(),
        Failure.USAGE,
        "Invalid address or client properties of Kafka at %s: /no/such/file");
    assertRefused(
        Map.of("sasl.jaas.config", "PlainLoginModule required password=" + WRONG),
        Set.of(),
        Failure.USAGE,
        "Invalid address or client properties of Kafka at %s: ");
  }

  @Test
  void filesOfPropertiesAreReadStrictly(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> KafkaClient.of("a:1", folder + "/none", NONE))
        .hasMessage("Missing client properties: %s/none", folder);
    assertThatThrownBy(() -> KafkaClient.of(null, null, NONE))
        .hasMessage(
            "Missing address of Kafka: name its brokers with --bootstrap-servers HOST:PORT,… or as"
                + " bootstrap.servers in the file of --client-properties");
    var file = Files.writeString(folder.resolve("p"), "bootstrap.servers = a:1 \nx=\\u00zz");
    assertThatThrownBy(() -> KafkaClient.of(null, file.toString(), NONE))
        .hasMessage("Cannot read client properties: %s: a wrong \\u escape", file);
    Files.writeString(file, "bootstrap.servers = a:1 \nschema.registry.url=x\nbasic.auth.a=b\n");
    var client = KafkaClient.of(null, file.toString(), NONE);
    assertThat(client.bootstrapServers()).isEqualTo("a:1");
    assertThat(client.with(Map.of()))
        .containsOnly(entry("bootstrap.servers", "a:1"), entry("enable.metrics.push", false));
    assertThat(client.properties()).hasSize(3);
    assertThat(KafkaClient.of("b:2", file.toString(), NONE).bootstrapServers()).isEqualTo("b:2");
  }

  /** Who waits for no answer does not wait for long. */
  private static Configuration quick() {
    var configuration = new Configuration(false);
    configuration.setInt(LoadSettings.CONNECT_SECONDS.name(), 3);
    return configuration;
  }

  private void assertRefused(
      Map<String, String> changed, Set<String> without, Failure failure, String message) {
    var properties = new HashMap<>(broker.clientProperties());
    properties.putAll(changed);
    properties.keySet().removeAll(without);
    var client = new KafkaClient(properties);
    assertThatThrownBy(() -> new TopicMaker(client, NONE).ensure("shop", null))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(failure))
        .hasMessageStartingWith(message.replace("%s", address))
        .satisfies(
            thrown ->
                assertThat(stackTrace(thrown))
                    .doesNotContain(WRONG, SecureBroker.PASSWORD, SecureBroker.TRUST_PASSWORD));
  }

  private static String stackTrace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
