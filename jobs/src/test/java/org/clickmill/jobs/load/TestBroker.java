package org.clickmill.jobs.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.clickmill.testdata.kafka.KafkaBroker;

/** Starts brokers of the jars that the build has put aside. */
final class TestBroker {
  private static final Path JARS = Path.of(System.getProperty("clickmill.kafka"));

  private TestBroker() {}

  static KafkaBroker start(Path folder) throws IOException, InterruptedException {
    return KafkaBroker.start(JARS, folder);
  }

  static KafkaBroker start(Path folder, Map<String, String> properties)
      throws IOException, InterruptedException {
    return KafkaBroker.start(JARS, folder, properties);
  }

  static KafkaClient client(KafkaBroker broker) {
    return new KafkaClient(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }
}
