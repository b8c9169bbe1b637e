package org.clickmill.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic from its beginning to its end, drops the records and prints how many each partition
 * has: bootstrap servers, topic, threads.
 */
final class ConsumerProcess {
  /** Begins the line with a partition and its number of records. */
  static final String COUNTED = "partition";

  private static final Duration POLL = Duration.ofMillis(500);

  private ConsumerProcess() {}

  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    int threads = Integer.parseInt(arguments[2]);
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var shares = new ArrayList<Callable<Void>>();
      for (int i = 0; i < threads; i++) {
        int share = i;
        shares.add(
            () -> {
              read(arguments[0], arguments[1], share, threads);
              return null;
            });
      }
      for (var share : pool.invokeAll(shares)) {
        share.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** Reads every n-th partition. */
  private static void read(String servers, String topic, int share, int threads) {
    try (var consumer = consumer(servers)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .filter(partition -> partition.partition() % threads == share)
              .toList();
      var counts =
          new long[partitions.stream().mapToInt(TopicPartition::partition).max().orElse(0) + 1];
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (isBefore(consumer, partitions, ends)) {
        for (var message : consumer.poll(POLL)) {
          counts[message.partition()]++;
        }
      }
      for (var partition : partitions) {
        int number = partition.partition();
        System.out.println(COUNTED + " " + number + " " + counts[number]);
      }
    }
  }

  private static boolean isBefore(
      Consumer<byte[], byte[]> consumer,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> ends) {
    return partitions.stream()
        .anyMatch(partition -> consumer.position(partition) < ends.get(partition));
  }

  /** With the sizes that the loader asks for. */
  private static Consumer<byte[], byte[]> consumer(String servers) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            4 << 20,
            ConsumerConfig.RECEIVE_BUFFER_CONFIG,
            1 << 20),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
