package org.clickmill.jobs.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.clickmill.formats.failure.ClickmillException;

/** Finds topics, and makes those that are missing. */
public final class TopicMaker {
  private static final long PAUSE_MILLIS = 100;

  private final KafkaClient client;
  private final String timeout;

  public TopicMaker(KafkaClient client, Configuration configuration) {
    this.client = client;
    this.timeout = Long.toString(1000L * LoadSettings.CONNECT_SECONDS.get(configuration));
  }

  /**
   * Makes the topic if it is missing.
   *
   * @param partitions it gets, or must have; null for what the broker gives, or any
   * @return how many partitions it has
   */
  public int ensure(String topic, Integer partitions) throws InterruptedException {
    return ensure(topic, partitions, Map.of());
  }

  /**
   * Makes the topic if it is missing.
   *
   * @param partitions as above
   * @param settings that a topic gets which is made
   * @return how many partitions it has
   */
  public int ensure(String topic, Integer partitions, Map<String, String> settings)
      throws InterruptedException {
    try (var admin = Admin.create(properties())) {
      int found = partitions(admin, topic);
      if (found == 0) {
        create(admin, topic, partitions, settings);
        found = partitions(admin, topic);
        while (found == 0) {
          // The brokers hear of it a moment later.
          Thread.sleep(PAUSE_MILLIS);
          found = partitions(admin, topic);
        }
      } else if (partitions != null && partitions != found) {
        throw ClickmillException.usage(
            "Cannot use topic %s with %d partitions: it has %d; leave --partitions out, or take"
                + " another topic",
            topic, partitions, found);
      }
      awaitLeaders(admin, topic, found);
      return found;
    } catch (ExecutionException e) {
      throw KafkaFailure.of(client, "Cannot use topic " + topic, e.getCause());
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, "Cannot use topic " + topic, e);
    }
  }

  /** Whether there is such a topic. */
  public boolean exists(String topic) throws InterruptedException {
    try (var admin = Admin.create(properties())) {
      return partitions(admin, topic) > 0;
    } catch (ExecutionException e) {
      throw KafkaFailure.of(client, "Cannot use topic " + topic, e.getCause());
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, "Cannot use topic " + topic, e);
    }
  }

  private Map<String, Object> properties() {
    return client.with(
        Map.of(
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout));
  }

  /** How many partitions the topic has; 0 if there is no such topic. */
  private static int partitions(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    try {
      var described = admin.describeTopics(List.of(topic)).allTopicNames().get();
      return described.get(topic).partitions().size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  /**
   * Waits until the leader of each partition takes requests. That of a new topic is known a moment
   * before; if it then refuses a producer's first batch and takes the second, the first is out of
   * order forever, and the producer gives up after minutes.
   */
  private static void awaitLeaders(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    var ends =
        IntStream.range(0, partitions)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(topic, partition),
                    partition -> OffsetSpec.latest()));
    admin.listOffsets(ends).all().get();
  }

  private static void create(
      Admin admin, String topic, Integer partitions, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    var made =
        new NewTopic(topic, Optional.ofNullable(partitions), Optional.<Short>empty())
            .configs(settings);
    try {
      admin.createTopics(List.of(made)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
      // Someone else was faster.
    }
  }
}
