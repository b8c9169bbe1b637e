package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    var client = ClientProperties.read(file, null, new Configuration(false));
    assertThat(new Topics(client).ensure("shop", 2)).isEqualTo(2);
    assertThat(client.toString())
        .contains("sasl.jaas.config")
        .doesNotContain(SecureBroker.PASSWORD, SecureBroker.TRUST_PASSWORD);
  }

  @Test
  void wrongPasswordIsToldOfAndNotShown() {
    assertRefused(
        Map.of("sasl.jaas.config", SecureBroker.login("shop", WRONG)),
        Set.of(),
        Failure.USAGE,
        "Cannot use topic shop: Kafka at %s refuses the login: Authentication failed: Invalid"
            + " username or password; check the client properties");
  }

  @Test
  void missingLoginIsToldOf() {
    // The broker waits for a login, the client for an answer.
    assertRefused(
        patience("SSL"),
        Set.of("sasl.jaas.config", "sasl.mechanism"),
        Failure.NOT_READY,
        "Cannot use topic shop: no answer from Kafka at %s in time (");
    assertRefused(
        Map.of(),
        Set.of("sasl.jaas.config"),
        Failure.USAGE,
        "Cannot use topic shop: invalid client properties for Kafka at %s: Could not find a"
            + " 'KafkaClient' entry in the JAAS configuration");
  }

  @Test
  void missingTlsIsToldOf() {
    assertRefused(
        patience("PLAINTEXT"),
        Set.of(),
        Failure.NOT_READY,
        "Cannot use topic shop: no answer from Kafka at %s in time (");
  }

  @Test
  void strangeCertificateIsToldOf() {
    assertRefused(
        broker.trustIn("stranger"),
        Set.of(),
        Failure.USAGE,
        "Cannot use topic shop: no TLS with Kafka at %s: unable to find valid certification path"
            + " to requested target; check ssl.truststore.location in the client properties");
  }

  @Test
  void propertiesThatNoClientCanUseAreToldOf() {
    assertRefused(
        Map.of("ssl.truststore.password", WRONG),
        Set.of(),
        Failure.USAGE,
        "Cannot use topic shop: invalid client properties for Kafka at %s: ");
    assertRefused(
        Map.of("ssl.truststore.location", "/no/such/file"),
        Set.of(),
        Failure.USAGE,
        "Cannot use topic shop: invalid client properties for Kafka at %s: /no/such/file");
    assertRefused(
        Map.of("sasl.jaas.config", "PlainLoginModule required password=" + WRONG),
        Set.of(),
        Failure.USAGE,
        "Cannot use topic shop: invalid client properties for Kafka at %s: ");
  }

  @Test
  void filesOfPropertiesAreReadStrictly(@TempDir Path folder) throws IOException {
    var none = new Configuration(false);
    assertThatThrownBy(() -> ClientProperties.read(folder + "/none", "a:1", none))
        .hasMessage("Missing client properties: %s/none", folder);
    assertThatThrownBy(() -> ClientProperties.read(null, null, none))
        .hasMessage(
            "Missing address of Kafka: name a broker with --bootstrap-servers, or in the client"
                + " properties as bootstrap.servers");
    var file = Files.writeString(folder.resolve("p"), "bootstrap.servers = a:1 \nx=\\u00zz");
    assertThatThrownBy(() -> ClientProperties.read(file.toString(), null, none))
        .hasMessage("Cannot read client properties %s: Malformed \\uxxxx encoding.", file);
    Files.writeString(file, "bootstrap.servers = a:1 \nschema.registry.url=x\nbasic.auth.a=b\n");
    var client = ClientProperties.read(file.toString(), null, none);
    assertThat(client.bootstrapServers()).isEqualTo("a:1");
    assertThat(client.forClient(Map.of(), Map.of())).containsOnlyKeys("bootstrap.servers");
    assertThat(client.all()).hasSize(3);
    assertThat(ClientProperties.read(file.toString(), "b:2", none).bootstrapServers())
        .isEqualTo("b:2");
  }

  /** A client of that protocol that does not wait for long. */
  private static Map<String, String> patience(String protocol) {
    return Map.of(
        "security.protocol", protocol,
        "default.api.timeout.ms", "3000",
        "request.timeout.ms", "3000");
  }

  private void assertRefused(
      Map<String, String> changed, Set<String> without, Failure failure, String message) {
    var properties = new HashMap<>(broker.clientProperties());
    properties.putAll(changed);
    properties.keySet().removeAll(without);
    var client = ClientProperties.of(properties);
    assertThatThrownBy(() -> new Topics(client).ensure("shop", null))
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
