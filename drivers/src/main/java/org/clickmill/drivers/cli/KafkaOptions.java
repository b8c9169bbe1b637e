package org.clickmill.drivers.cli;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.kerberos.KafkaLogin;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.push.PushSettings;
import picocli.CommandLine.Option;

/** How Kafka is reached. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      description = "Brokers of the Kafka cluster; may stand in the client properties instead.")
  private String bootstrapServers;

  @Option(
      names = "--client-properties",
      paramLabel = "FILE",
      description =
          "Properties of Kafka's clients, for TLS and passwords. They are passed on as a secret of"
              + " the job.")
  private String clientProperties;

  /** Whether any of the options is given. */
  boolean isGiven() {
    return bootstrapServers != null || clientProperties != null;
  }

  KafkaClient client(Configuration configuration) {
    return KafkaLogin.complete(
        KafkaClient.of(bootstrapServers, clientProperties, configuration), configuration);
  }

  /** Takes the options into the settings of pushing, which are for runs without them. */
  void setPush(Configuration configuration) {
    if (bootstrapServers != null) {
      PushSettings.BOOTSTRAP_SERVERS.set(configuration, bootstrapServers);
    }
    if (clientProperties != null) {
      PushSettings.CLIENT_PROPERTIES.set(configuration, clientProperties);
    }
  }
}
