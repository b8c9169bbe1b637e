package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's client on its way from the driver to a task of a cluster. */
final class ShippedClientTest {
  private static final String LOGIN = "com.sun.security.auth.module.Krb5LoginModule required ";

  @TempDir private Path folder;

  private static Job job() throws IOException {
    var configuration = new Configuration(false);
    configuration.set("mapreduce.framework.name", "yarn");
    configuration.set("clickmill.internal.staging", "/staging/run-1.load");
    return Job.getInstance(configuration);
  }

  private static ShippedClient receive(Job job) throws IOException {
    var context = new TaskAttemptContextImpl(job.getConfiguration(), new TaskAttemptID());
    context.getCredentials().addAll(job.getCredentials());
    return ShippedClient.receive(context);
  }

  @Test
  void filesArePrivateInTheTaskAndGoneAfterIt() throws IOException {
    var trust = Files.write(folder.resolve("trust.p12"), new byte[] {1, 2, 3});
    var keytab = Files.write(folder.resolve("shop.keytab"), new byte[] {4, 5});
    var properties = new HashMap<String, String>();
    properties.put("bootstrap.servers", "a:1");
    properties.put("security.protocol", "SASL_SSL");
    properties.put("ssl.truststore.location", trust.toString());
    properties.put("ssl.keystore.location", "/only/where/tasks/are.p12");
    properties.put(
        "sasl.jaas.config", LOGIN + "useKeyTab=true keyTab=\"" + keytab + "\" principal=\"s@R\";");
    var job = job();

    ShippedClient.ship(new KafkaClient(properties), job);
    Path store;
    try (var shipped = receive(job)) {
      var found = shipped.client().properties();
      store = Path.of(found.get("ssl.truststore.location"));
      assertThat(store).isNotEqualTo(trust).hasSameBinaryContentAs(trust);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.getParent())))
          .isEqualTo("rwx------");
      assertThat(found)
          .containsEntry("bootstrap.servers", "a:1")
          .containsEntry("ssl.keystore.location", "/only/where/tasks/are.p12");
      var login = found.get("sasl.jaas.config");
      assertThat(login)
          .startsWith(LOGIN + "useKeyTab=true keyTab=\"" + store.getParent())
          .endsWith("\" principal=\"s@R\";");
      assertThat(Path.of(login.split("\"")[1])).hasSameBinaryContentAs(keytab);
    }
    assertThat(store.getParent()).doesNotExist();
  }

  @Test
  void keytabWithoutQuotesIsFoundToo() {
    var replaced =
        ClientFiles.replace(
            Map.of("sasl.jaas.config", LOGIN + "keyTab=/etc/a.keytab principal=s;"),
            path -> path + ".there");
    assertThat(replaced)
        .containsEntry("sasl.jaas.config", LOGIN + "keyTab=\"/etc/a.keytab.there\" principal=s;");
  }

  @Test
  void clientWithoutFilesIsAsItWas() throws IOException {
    var properties = Map.of("bootstrap.servers", "a:1", "sasl.mechanism", "PLAIN");
    var job = job();
    ShippedClient.ship(new KafkaClient(properties), job);
    try (var shipped = receive(job)) {
      assertThat(shipped.client().properties()).isEqualTo(properties);
    }
  }

  @Test
  void ticketOfTheDriverIsNoneOfTheTasks() throws IOException {
    var client =
        new KafkaClient(
            Map.of(
                "bootstrap.servers", "a:1",
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.jaas.config", LOGIN + "useTicketCache=true;"));
    var job = job();
    assertThatThrownBy(() -> ShippedClient.ship(client, job))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot load from Kafka at a:1 on the cluster: tasks have no Kerberos ticket. Give"
                + " --principal and --keytab, or name a keytab in sasl.jaas.config of"
                + " --client-properties.");
  }

  @Test
  void filesThatAreTooLargeForTheCredentialsOfAJobAreRefused() throws IOException {
    var trust = Files.write(folder.resolve("cacerts"), new byte[600_000]);
    var client =
        new KafkaClient(
            Map.of("bootstrap.servers", "a:1", "ssl.truststore.location", trust.toString()));
    var job = job();
    assertThatThrownBy(() -> ShippedClient.ship(client, job))
        .hasMessage(
            "Cannot hand the files of Kafka's client properties to tasks: %s have 600000 bytes,"
                + " more than 524288. Make a trust store with nothing but the certificates of the"
                + " brokers.",
            trust);
    assertThat(job.getCredentials().numberOfSecretKeys()).isZero();
  }
}
