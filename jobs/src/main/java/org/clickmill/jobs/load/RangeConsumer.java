package org.clickmill.jobs.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.clickmill.formats.failure.ClickmillException;

/** Reads exactly the committed records of ranges of offsets. */
final class RangeConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int RECORDS_A_POLL = 5_000;
  private static final int FETCH_BYTES = 4 << 20;
  private static final int RECEIVE_BYTES = 1 << 20;

  private final KafkaClient client;
  private final Consumer<byte[], ByteBuffer> consumer;
  private final int stallSeconds;

  /** Is given the records. */
  @FunctionalInterface
  interface Sink {
    void accept(ConsumerRecord<byte[], ByteBuffer> message)
        throws IOException, InterruptedException;
  }

  RangeConsumer(KafkaClient client, Configuration configuration) {
    this.client = client;
    this.stallSeconds = LoadSettings.STALL_SECONDS.get(configuration);
    try {
      consumer =
          new KafkaConsumer<>(
              client.with(properties(client)), new ByteArrayDeserializer(), new UncopiedBytes());
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, e);
    }
  }

  private static Map<String, Object> properties(KafkaClient client) {
    var given = client.properties();
    return Map.of(
        ConsumerConfig.CLIENT_ID_CONFIG,
        "clickmill-load",
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "none",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
        false,
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        IsolationLevel.READ_COMMITTED.toString(),
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        given.getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "" + RECORDS_A_POLL),
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        given.getOrDefault(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "" + FETCH_BYTES),
        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
        given.getOrDefault(ConsumerConfig.RECEIVE_BUFFER_CONFIG, "" + RECEIVE_BYTES));
  }

  /** A value as it lies in the fetched bytes, which are not written to again. */
  private static final class UncopiedBytes implements Deserializer<ByteBuffer> {
    @Override
    public ByteBuffer deserialize(String topic, byte[] data) {
      return data == null ? null : ByteBuffer.wrap(data);
    }

    @Override
    public ByteBuffer deserialize(String topic, Headers headers, ByteBuffer data) {
      return data;
    }
  }

  /**
   * Hands every committed record of a range to the sink, in order.
   *
   * @param progress is called after every answer of Kafka's, and while there is none
   * @throws ClickmillException if the range is not there any more, damaged, or nothing comes
   */
  void read(OffsetRange range, Sink sink, Runnable progress)
      throws IOException, InterruptedException {
    var partition = new TopicPartition(range.topic(), range.partition());
    long position = range.start();
    try {
      consumer.assign(List.of(partition));
      consumer.seek(partition, position);
      long deadline = deadline();
      while (position < range.end()) {
        var polled = consumer.poll(POLL);
        for (var message : polled.records(partition)) {
          if (message.offset() >= range.end()) {
            return;
          }
          sink.accept(message);
        }
        progress.run();
        long reached = consumer.position(partition);
        if (reached > position) {
          position = reached;
          deadline = deadline();
        } else if (System.nanoTime() > deadline) {
          throw stalled(range, position);
        }
      }
    } catch (OffsetOutOfRangeException e) {
      throw ClickmillException.failed(
          "Cannot read %s from Kafka at %s: offset %d has been deleted by the topic's retention"
              + " since the run began. Run load again: it names what is lost.",
          range, client, position, e);
    } catch (KafkaException e) {
      throw failed(range, position, e);
    }
  }

  private long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(stallSeconds);
  }

  private ClickmillException stalled(OffsetRange range, long position) {
    return ClickmillException.notReady(
        "Cannot read %s from Kafka at %s: nothing came behind offset %d for %d seconds (%s). Does"
            + " the partition have a leader? Nothing is committed; run load again.",
        range, client, position, stallSeconds, LoadSettings.STALL_SECONDS);
  }

  private ClickmillException failed(OffsetRange range, long position, KafkaException failure) {
    return ClickmillException.failed(
        "Cannot read %s from Kafka at %s, at or behind offset %d: %s. Nothing is committed; run load"
            + " again. If it fails at the same place, look at the broker's disk; if nobody has these"
            + " records any more, delete those of the partition up to there (kafka-delete-records)"
            + " and run load with --accept-data-loss.",
        range, client, position, reason(failure), failure);
  }

  private static String reason(KafkaException failure) {
    var reason = failure.getCause() == null ? failure : failure.getCause();
    return reason.getMessage() == null ? reason.toString() : reason.getMessage();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(Duration.ZERO));
  }
}
