package org.clickmill.jobs.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.clickmill.formats.failure.ClickmillException;

/** Finds topics, and makes those that are missing. */
final class Topics {
  /** A wrong address or a missing password is told within seconds. */
  private static final Map<String, String> DEFAULTS =
      Map.of("default.api.timeout.ms", "10000", "request.timeout.ms", "10000");

  private static final long PAUSE_MILLIS = 100;

  private final ClientProperties client;

  Topics(ClientProperties client) {
    this.client = client;
  }

  /**
   * Makes the topic if it is missing.
   *
   * @param partitions it gets, or must have; null for what the broker gives, or any
   * @return how many partitions it has
   */
  int ensure(String topic, Integer partitions) throws InterruptedException {
    try (var admin = Admin.create(client.forClient(DEFAULTS, Map.of()))) {
      int found = partitions(admin, topic);
      if (found == 0) {
        create(admin, topic, partitions);
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
      return found;
    } catch (ExecutionException | KafkaException e) {
      throw KafkaFailures.of("use topic " + topic, client, e);
    }
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

  private static void create(Admin admin, String topic, Integer partitions)
      throws ExecutionException, InterruptedException {
    var made = new NewTopic(topic, Optional.ofNullable(partitions), Optional.empty());
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
