package org.clickmill.jobs.load;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes topics of a real broker and sends messages to them. */
public final class Topics implements AutoCloseable {
  private static final int BUFFER_BYTES = 32 << 20;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final long PAUSE_MILLIS = 20;

  private final Map<String, Object> properties;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  public Topics(String bootstrapServers) {
    properties = Map.of("bootstrap.servers", bootstrapServers);
    admin = Admin.create(properties);
    producer = producer(Map.of());
  }

  KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    var all = new HashMap<>(properties);
    all.putAll(more);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  public void create(String topic, int partitions, Map<String, String> settings)
      throws ExecutionException, InterruptedException {
    var created = new NewTopic(topic, partitions, (short) 1).configs(settings);
    admin.createTopics(List.of(created)).all().get();
    for (int partition = 0; partition < partitions; partition++) {
      awaitPartition(topic, partition);
    }
  }

  /** A new topic may be unknown to the broker for a moment. */
  private void awaitPartition(String topic, int partition)
      throws ExecutionException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      try {
        end(topic, partition);
        return;
      } catch (ExecutionException e) {
        boolean isUnknown = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!isUnknown || System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  public void create(String topic, int partitions) throws ExecutionException, InterruptedException {
    create(topic, partitions, Map.of());
  }

  void delete(String topic) throws ExecutionException, InterruptedException {
    admin.deleteTopics(List.of(topic)).all().get();
  }

  void addPartitions(String topic, int total) throws ExecutionException, InterruptedException {
    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total))).all().get();
  }

  void deleteBefore(String topic, int partition, long offset)
      throws ExecutionException, InterruptedException {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  /** The offset after the last one of a partition. */
  long end(String topic, int partition) throws ExecutionException, InterruptedException {
    var key = new TopicPartition(topic, partition);
    return admin.listOffsets(Map.of(key, OffsetSpec.latest())).partitionResult(key).get().offset();
  }

  /** Sends the events of some times, as the mapping clickmill reads them. */
  void send(String topic, int partition, Instant... times)
      throws ExecutionException, InterruptedException {
    var sent = new ArrayList<Future<RecordMetadata>>();
    for (var time : times) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, null, event(time))));
    }
    for (var future : sent) {
      future.get();
    }
  }

  public void send(String topic, int partition, byte[] value)
      throws ExecutionException, InterruptedException {
    send(topic, partition, null, value);
  }

  void send(String topic, int partition, String key, byte[] value)
      throws ExecutionException, InterruptedException {
    var bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, partition, bytes, value)).get();
  }

  /**
   * Sends events in batches of about the same size.
   *
   * @param times of the events, one after the other, as many as are wanted
   * @param batchBytes of a batch before it is compressed
   */
  public void sendInBatches(
      String topic, int partition, Stream<Instant> times, int batchBytes, String compression) {
    var settings =
        Map.<String, Object>of(
            "batch.size",
            batchBytes,
            "linger.ms",
            60_000,
            "buffer.memory",
            2L * batchBytes + BUFFER_BYTES,
            "max.request.size",
            batchBytes + BUFFER_BYTES,
            "compression.type",
            compression);
    var failure = new AtomicReference<Exception>();
    try (var batches = producer(settings)) {
      times.forEach(
          time ->
              batches.send(
                  new ProducerRecord<>(topic, partition, null, event(time)),
                  (sent, failed) -> failure.compareAndSet(null, failed)));
    }
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }

  static byte[] event(Instant time) {
    var json =
        "{\"event_time\":\""
            + time
            + "\",\"event_type\":\"view\",\"product_id\":\"p1\","
            + "\"visitor_id\":\"v1\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
