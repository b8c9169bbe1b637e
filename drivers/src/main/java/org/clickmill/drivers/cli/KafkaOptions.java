package org.clickmill.drivers.cli;

import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.load.ClientProperties;
import picocli.CommandLine.Option;

/** Where Kafka is, and what its clients need to be let in. */
final class KafkaOptions {
  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT,…",
      description = "Brokers to begin with (default: bootstrap.servers of the client properties).")
  private String bootstrapServers;

  @Option(
      names = "--client-properties",
      paramLabel = "FILE",
      description =
          "A file of properties for Kafka's clients: logins, TLS. Put passwords here and nowhere"
              + " else.")
  private String clientProperties;

  ClientProperties read(Configuration configuration) {
    return ClientProperties.read(clientProperties, bootstrapServers, configuration);
  }
}
