package org.clickmill.jobs.load;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * A Kafka cluster as its brokers describe it, and how the topics of a warehouse stand in it.
 *
 * @param brokers the cluster itself
 * @param loaded the topics that the warehouse's newest commit has loaded
 * @param missing those of them that the cluster does not have
 * @param recreated those of them that were deleted and created again, so that offsets mean other
 *     records
 */
public record KafkaCluster(
    Brokers brokers, List<String> loaded, List<String> missing, List<String> recreated) {
  /**
   * The cluster itself.
   *
   * @param clusterId what it calls itself
   * @param number of its brokers that are up
   */
  public record Brokers(String clusterId, int number) {}

  public KafkaCluster {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    recreated = List.copyOf(recreated);
  }

  /**
   * Asks the brokers, for {@code clickmill.load.connect-seconds} at most.
   *
   * @param warehouse whose topics are looked for; null for none
   * @throws ClickmillException if Kafka cannot be reached or refuses the client
   */
  public static KafkaCluster ask(
      KafkaClient client, Warehouse warehouse, Configuration configuration)
      throws IOException, InterruptedException {
    List<Commit.Topic> loaded =
        warehouse == null
            ? List.of()
            : new CommitLog(warehouse).last().map(Commit::topics).orElse(List.of());
    try (var kafka = KafkaTopics.connect(client, configuration)) {
      var brokers = kafka.brokers();
      var names = loaded.stream().map(Commit.Topic::name).toList();
      var ids = kafka.ids(names);
      return new KafkaCluster(
          brokers,
          names,
          names.stream().filter(name -> !ids.containsKey(name)).toList(),
          loaded.stream()
              .filter(topic -> ids.containsKey(topic.name()))
              .filter(topic -> !ids.get(topic.name()).equals(topic.id()))
              .map(Commit.Topic::name)
              .toList());
    }
  }
}
