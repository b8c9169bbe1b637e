package org.clickmill.jobs.push;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.KafkaFailure;

/**
 * Sends the records of a table's partitions to a topic, each partition in a transaction. There is
 * one at a time for a table and a topic: the next one to start fences those before.
 */
final class PushProducer implements AutoCloseable {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd",
          ProducerConfig.LINGER_MS_CONFIG, "20",
          ProducerConfig.BATCH_SIZE_CONFIG, "262144",
          ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000",
          // Brokers allow 15 minutes unless they are told otherwise.
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "900000");

  private final KafkaClient client;
  private final String topic;
  private final String table;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failed = new AtomicReference<>();
  private boolean isOpen;

  /**
   * Fences older producers of the table and the topic; what they have not committed is aborted.
   *
   * @throws ClickmillException if Kafka cannot be reached or does not allow it
   */
  PushProducer(KafkaClient client, String topic, String table) {
    this.client = client;
    this.topic = topic;
    this.table = table;
    var settings =
        Map.of(
            ProducerConfig.TRANSACTIONAL_ID_CONFIG, id(topic, table),
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName(),
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    try {
      producer = new KafkaProducer<>(client.withDefaults(DEFAULTS).with(settings));
    } catch (KafkaException e) {
      throw failure(e);
    }
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw failure(e);
    }
  }

  /** What transactions and groups of a table and a topic are named by. */
  static String id(String topic, String table) {
    return "clickmill.push." + topic + "." + table;
  }

  /** The work of a transaction; false takes it back. */
  @FunctionalInterface
  interface Work {
    boolean run() throws IOException, InterruptedException;
  }

  /**
   * Does some work in a transaction, which is taken back if it fails.
   *
   * @return what the work returned: false if it was taken back
   */
  boolean transact(Work work) throws IOException, InterruptedException {
    boolean isDone;
    // Records that an aborted transaction had not sent yet have failed while it was aborted.
    failed.set(null);
    try {
      producer.beginTransaction();
      isOpen = true;
      isDone = work.run();
    } catch (KafkaException e) {
      abort();
      throw failure(e);
    } catch (IOException | RuntimeException | InterruptedException e) {
      abort();
      throw e;
    }
    if (!isDone) {
      abort();
      return false;
    }
    try {
      producer.commitTransaction();
      isOpen = false;
      return true;
    } catch (KafkaException e) {
      // Whether it is committed, the next push is told.
      throw failure(e);
    }
  }

  /**
   * Sends a record.
   *
   * @param value null for a tombstone
   */
  void send(byte[] key, byte[] value, PushHeaders headers, LocalDate day) {
    var failure = failed.get();
    if (failure != null) {
      throw failure(failure);
    }
    // So that what was sent of a day is found from its beginning on, whatever the clock says.
    long timestamp = Math.max(System.currentTimeMillis(), SentRecords.earliestTimestamp(day));
    var record = new ProducerRecord<>(topic, null, timestamp, key, value);
    headers.addTo(record.headers());
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failed.compareAndSet(null, exception);
          }
        });
  }

  /** Waits until everything is sent. */
  void flush() {
    producer.flush();
    var failure = failed.get();
    if (failure != null) {
      throw failure(failure);
    }
  }

  /** For offsets that belong to the transaction. */
  Producer<byte[], byte[]> transaction() {
    return producer;
  }

  /** Takes back what was sent, as far as Kafka can be reached. */
  private void abort() {
    if (!isOpen) {
      return;
    }
    isOpen = false;
    try {
      producer.abortTransaction();
    } catch (KafkaException e) {
      // Fenced, or out of reach: the broker or the next push aborts it.
    }
  }

  /** The failure of a push, for users. */
  private ClickmillException failure(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return ClickmillException.held(
            "Cannot push %s to topic %s: another push of it has begun since; what this one had not"
                + " committed is not in the topic",
            table, topic, failure);
      }
    }
    return KafkaFailure.of(client, "Cannot push " + table + " to topic " + topic, failure);
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
