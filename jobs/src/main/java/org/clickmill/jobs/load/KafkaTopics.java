package org.clickmill.jobs.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.clickmill.formats.failure.ClickmillException;

/** Asks Kafka for topics and offsets; what goes wrong is said within seconds. */
final class KafkaTopics implements AutoCloseable {
  private static final int MILLISECONDS = 1000;

  private final KafkaClient client;
  private final Admin admin;

  private KafkaTopics(KafkaClient client, Admin admin) {
    this.client = client;
    this.admin = admin;
  }

  static KafkaTopics connect(KafkaClient client, Configuration configuration) {
    int timeout = LoadSettings.CONNECT_SECONDS.get(configuration) * MILLISECONDS;
    var properties =
        client.with(
            Map.of(
                AdminClientConfig.CLIENT_ID_CONFIG, "clickmill-load",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout));
    try {
      return new KafkaTopics(client, Admin.create(properties));
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, e);
    }
  }

  /**
   * The partitions of topics, in order, with the offsets that they have now.
   *
   * @throws ClickmillException of kind usage if there is no such topic, of kind not ready if Kafka
   *     cannot be reached
   */
  List<PartitionOffsets> offsets(Collection<String> topics) throws InterruptedException {
    var described = describe(topics);
    var partitions = new ArrayList<TopicPartition>();
    described.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
    var earliest = list(partitions, OffsetSpec.earliest());
    var end = list(partitions, OffsetSpec.latest());
    return partitions.stream()
        .map(
            partition ->
                new PartitionOffsets(
                    partition.topic(),
                    described.get(partition.topic()).topicId().toString(),
                    partition.partition(),
                    earliest.get(partition),
                    end.get(partition)))
        .toList();
  }

  /** Where a topic's first load begins in a partition. */
  long start(PartitionOffsets partition, StartAt start) throws InterruptedException {
    return switch (start.at()) {
      case EARLIEST -> partition.earliest();
      case LATEST -> partition.end();
      case TIME -> {
        var key = new TopicPartition(partition.topic(), partition.partition());
        var spec = OffsetSpec.forTimestamp(start.time().toEpochMilli());
        long offset = list(List.of(key), spec).get(key);
        // No record is that new; nor is one that a transaction has not committed yet.
        yield offset < 0 ? partition.end() : Math.min(offset, partition.end());
      }
    };
  }

  /** What the cluster calls itself, and how many brokers it has. */
  KafkaCluster.Brokers brokers() throws InterruptedException {
    var answer = admin.describeCluster();
    try {
      return new KafkaCluster.Brokers(answer.clusterId().get(), answer.nodes().get().size());
    } catch (ExecutionException e) {
      throw KafkaFailure.of(client, e.getCause());
    }
  }

  /** What Kafka calls some topics, by their names; those are left out that it does not have. */
  Map<String, String> ids(Collection<String> topics) throws InterruptedException {
    var ids = new TreeMap<String, String>();
    for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
      try {
        ids.put(topic.getKey(), topic.getValue().get().topicId().toString());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw KafkaFailure.of(client, e.getCause());
        }
      }
    }
    return ids;
  }

  private Map<String, TopicDescription> describe(Collection<String> topics)
      throws InterruptedException {
    var described = new TreeMap<String, TopicDescription>();
    for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
      described.put(topic.getKey(), await(topic.getKey(), topic.getValue()));
    }
    return described;
  }

  private TopicDescription await(String topic, KafkaFuture<TopicDescription> future)
      throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException) {
        throw ClickmillException.usage(
            "Missing topic: '%s' is not at %s. Topics that are: %s",
            topic, client, String.join(", ", names().stream().sorted().limit(20).toList()), e);
      }
      throw KafkaFailure.of(client, e.getCause());
    }
  }

  private Set<String> names() throws InterruptedException {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw KafkaFailure.of(client, e.getCause());
    }
  }

  private Map<TopicPartition, Long> list(Collection<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException {
    var wanted = new HashMap<TopicPartition, OffsetSpec>();
    partitions.forEach(partition -> wanted.put(partition, spec));
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    var answer = admin.listOffsets(wanted, options);
    var offsets = new HashMap<TopicPartition, Long>();
    for (var partition : partitions) {
      try {
        offsets.put(partition, answer.partitionResult(partition).get().offset());
      } catch (ExecutionException e) {
        throw KafkaFailure.of(client, partition, e.getCause());
      }
    }
    return offsets;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
