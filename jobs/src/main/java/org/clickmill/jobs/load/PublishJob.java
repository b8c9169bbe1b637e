package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Sends events to a topic, the inverse of loading: the key is the visitor, so that the events of
 * one stay in their order, the timestamp is the event's time.
 */
public final class PublishJob {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "compression.type", "zstd",
          "linger.ms", "20",
          "batch.size", "262144",
          "max.block.ms", "30000");

  /**
   * Each record is in the topic once and in order, although the client sends again what is not
   * acknowledged. A broker that restarts meanwhile does not recognize what it had, if the events
   * are older than its {@code producer.id.expiration.ms} (a day by default): a batch may be there
   * twice.
   */
  private static final Map<String, String> FIXED =
      Map.of(
          "enable.idempotence",
          "true",
          "acks",
          "all",
          "key.serializer",
          ByteArraySerializer.class.getName(),
          "value.serializer",
          ByteArraySerializer.class.getName());

  private static final long PROGRESS_MASK = (1L << 12) - 1;

  private final Configuration configuration;
  private final KafkaClient client;
  private final Options options;

  /**
   * How to publish.
   *
   * @param topic made if it is missing
   * @param partitions of the topic; null for what the broker gives, or any
   * @param format of the values
   * @param rate records per second at most; 0 for no limit
   */
  public record Options(String topic, Integer partitions, PublishFormat format, long rate) {}

  /**
   * What was published.
   *
   * @param topic where to
   * @param partitions of the topic
   * @param sent records that Kafka has acknowledged
   * @param bytes of keys and values, before compression
   * @param seconds it took
   */
  public record Outcome(String topic, int partitions, long sent, long bytes, double seconds) {}

  /** A record that could not be sent. */
  private record Failed(long record, Exception cause) {}

  public PublishJob(Configuration configuration, KafkaClient client, Options options) {
    this.configuration = configuration;
    this.client = client;
    this.options = options;
  }

  /**
   * Sends all events.
   *
   * @param progress told now and then how many records were handed over
   * @throws ClickmillException if one cannot be sent; those before it may be in the topic
   */
  public Outcome run(EventSupply events, LongConsumer progress)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int partitions =
        new TopicMaker(client, configuration).ensure(options.topic(), options.partitions());
    var producer = producer();
    boolean isDone = false;
    try {
      var outcome = send(producer, events, progress, partitions, begin);
      isDone = true;
      return outcome;
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, "Cannot send to topic " + options.topic(), e);
    } finally {
      // What is left after a failure is not waited for.
      producer.close(isDone ? Duration.ofMillis(Long.MAX_VALUE) : Duration.ZERO);
    }
  }

  private Outcome send(
      KafkaProducer<byte[], byte[]> producer,
      EventSupply events,
      LongConsumer progress,
      int partitions,
      long begin)
      throws IOException, InterruptedException {
    var writer = options.format().writer();
    var pace = new Pace(options.rate());
    var failed = new AtomicReference<Failed>();
    long sent = 0;
    long bytes = 0;
    while (failed.get() == null && events.next()) {
      var event = events.event();
      byte[] key = key(event);
      byte[] value = writer.write(event);
      long timestamp = event.getEventTime().toEpochMilli();
      long number = ++sent;
      bytes += value.length + (key == null ? 0 : key.length);
      producer.send(
          new ProducerRecord<>(options.topic(), null, timestamp, key, value),
          (metadata, failure) -> {
            if (failure != null) {
              failed.compareAndSet(null, new Failed(number, failure));
            }
          });
      if (options.rate() > 0 || (sent & PROGRESS_MASK) == 0) {
        progress.accept(sent);
      }
      pace.await(sent);
    }
    if (failed.get() == null) {
      producer.flush();
    }
    var failure = failed.get();
    if (failure != null) {
      throw KafkaFailure.of(
          client,
          "Cannot send record " + failure.record() + " to topic " + options.topic(),
          failure.cause());
    }
    progress.accept(sent);
    return new Outcome(options.topic(), partitions, sent, bytes, (System.nanoTime() - begin) / 1e9);
  }

  private KafkaProducer<byte[], byte[]> producer() {
    try {
      return new KafkaProducer<>(client.withDefaults(DEFAULTS).with(FIXED));
    } catch (KafkaException e) {
      throw KafkaFailure.of(client, "Cannot send to topic " + options.topic(), e);
    }
  }

  private static byte[] key(Event event) {
    for (var id : new Utf8[] {event.getVisitorId(), event.getUserId(), event.getUserSession()}) {
      if (id != null) {
        return Arrays.copyOf(id.getBytes(), id.getByteLength());
      }
    }
    return null;
  }
}
