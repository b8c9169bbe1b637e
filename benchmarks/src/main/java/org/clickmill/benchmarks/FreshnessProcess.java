package org.clickmill.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends purchases of now to a topic of one partition at a steady rate, and reads the topic that
 * live_sales is pushed to until it has them all: bootstrap servers, topic, pushed topic, records
 * per second, seconds, file of times.
 *
 * <p>The file gets when each record was sent, then when the pushed topic had it, in milliseconds. A
 * record is in a table when the table's order lines are as many as the records up to it: the
 * partition is loaded in order.
 */
final class FreshnessProcess {
  private static final int PRODUCTS = 2_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private FreshnessProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    var servers = arguments[0];
    int rate = Integer.parseInt(arguments[3]);
    var sent = new long[rate * Integer.parseInt(arguments[4])];
    var arrived = new long[sent.length];
    var sender = new Thread(() -> send(servers, arguments[1], rate, sent));
    sender.start();
    receive(servers, arguments[2], arrived);
    sender.join();
    try (var out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[5]))))) {
      for (var times : List.of(sent, arrived)) {
        for (long time : times) {
          out.writeLong(time);
        }
      }
    }
  }

  private static void send(String servers, String topic, int rate, long[] sent) {
    var random = new Random(1);
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "linger.ms", "5", "compression.type", "zstd");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      long begin = System.nanoTime();
      for (int i = 0; i < sent.length; i++) {
        long due = begin + TimeUnit.SECONDS.toNanos(1) * i / rate;
        long wait = due - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        sent[i] = System.currentTimeMillis();
        var value = purchase(i, sent[i], random).getBytes(StandardCharsets.UTF_8);
        producer.send(
            new ProducerRecord<>(topic, 0, sent[i], null, value),
            (metadata, failure) -> {
              if (failure != null) {
                // The receiver misses it, and says so.
                System.err.println(failure);
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A purchase of a visitor of its own; a few products sell most. */
  private static String purchase(int number, long time, Random random) {
    double share = random.nextDouble();
    return String.format(
        Locale.ROOT,
        "{\"event_time\":\"%s\",\"event_type\":\"purchase\",\"product_id\":\"p%d\",\"price\":%d.99,"
            + "\"quantity\":1,\"visitor_id\":\"v%d\",\"user_session\":\"s%d\",\"order_id\":\"o%d\","
            + "\"event_id\":\"e%d\"}",
        Instant.ofEpochMilli(time),
        (int) (share * share * PRODUCTS),
        1 + random.nextInt(100),
        number / 10,
        number / 10,
        number,
        number);
  }

  private static void receive(String servers, String topic, long[] arrived) throws IOException {
    var lines = new HashMap<String, Long>();
    long total = 0;
    int known = 0;
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            servers,
            "group.id",
            "freshness",
            "auto.offset.reset",
            "earliest",
            "metadata.max.age.ms",
            "1000",
            "isolation.level",
            "read_committed");
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      long last = System.nanoTime();
      while (known < arrived.length) {
        if (System.nanoTime() - last > LONGEST_WAIT_NANOS) {
          throw new IllegalStateException("Only " + total + " records have come back");
        }
        for (var message : consumer.poll(POLL)) {
          var key = new String(message.key(), StandardCharsets.UTF_8);
          long now =
              message.value() == null
                  ? 0
                  : JSON.readTree(message.value()).path("order_lines").asLong();
          var before = lines.put(key, now);
          total += now - (before == null ? 0 : before);
          last = System.nanoTime();
        }
        long time = System.currentTimeMillis();
        for (; known < Math.min(total, arrived.length); known++) {
          arrived[known] = time;
        }
      }
    }
  }
}
