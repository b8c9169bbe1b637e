package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the loader, and the broker, with -9 at random moments while events come in. {@code
 * clickmill.test.kills} says how often, {@code clickmill.test.seed} repeats the moments. {@code
 * drivers/src/test/soak/load-soak} does it to the command for as long as one likes.
 */
class KillLoaderIT {
  private static final String[] TOPICS = {"a", "b", "c"};
  private static final int PARTITIONS = 4;
  private static final Instant START = Instant.parse("2019-10-01T00:00:00Z");

  @TempDir Path folder;

  /** What a run takes for now, when so many have committed before. */
  static Instant timeOf(int commits) {
    return START.plus(Duration.ofMinutes(70 + 20L * commits));
  }

  @Test
  void killsLoseAndDoubleNothing() throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    try (var broker =
            KafkaBroker.start(
                Path.of(System.getProperty("clickmill.kafka")), folder.resolve("broker"));
        var topics = new Topics(broker.bootstrapServers())) {
      for (var topic : TOPICS) {
        topics.create(topic, PARTITIONS);
      }
      var sent = sendAndKill(broker, topics, random);
      var shop =
          LoadedWarehouse.shop(
              folder, LocalWarehouse.configuration(folder), broker.bootstrapServers());
      var end = START.plus(Duration.ofDays(2));
      shop.load(end, TOPICS);
      var description = "seed " + seed;
      assertThat(shop.allPlaces()).as(description).isEqualTo(sent);
      shop.late().fold();
      assertThat(shop.places()).as(description).isEqualTo(sent);
      assertThat(shop.status().commit()).as(description).isGreaterThan(1);
    }
  }

  /** Returns the places of all events that the broker has acknowledged. */
  private List<String> sendAndKill(KafkaBroker broker, Topics topics, Random random)
      throws Exception {
    var ended = new AtomicBoolean();
    var sending = Executors.newSingleThreadExecutor();
    try {
      var sent = sending.submit(() -> send(topics, random.nextLong(), ended));
      int kills = Integer.getInteger("clickmill.test.kills", 12);
      for (int kill = 0; kill < kills; kill++) {
        var loader = startLoader(broker);
        try {
          if (kill == 0) {
            awaitCommit(loader);
          }
          loader.waitFor(1500 + random.nextLong(2000), TimeUnit.MILLISECONDS);
          assertThat(loader.isAlive()).as("a loader, see loader.log").isTrue();
          if (kill % 4 == 3) {
            broker.kill();
            broker.restart();
          }
        } finally {
          loader.destroyForcibly();
          loader.onExit().join();
        }
      }
      ended.set(true);
      return sent.get();
    } finally {
      ended.set(true);
      sending.shutdown();
    }
  }

  /** However slow the machine is, there is something to lose when the kills begin. */
  private void awaitCommit(Process loader) throws InterruptedException {
    var first = folder.resolve("shop/_loader/commits/0000000001.json");
    while (!Files.exists(first) && loader.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Process startLoader(KafkaBroker broker) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LoaderProcess.class.getName(),
                folder.toString(),
                broker.bootstrapServers()));
    command.addAll(List.of(TOPICS));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("loader.log").toFile()))
        .start();
  }

  private static List<String> send(Topics topics, long seed, AtomicBoolean ended) throws Exception {
    var random = new Random(seed);
    var futures = new ArrayList<Future<RecordMetadata>>();
    try (var producer = topics.producer(Map.of("enable.idempotence", true))) {
      while (!ended.get()) {
        // Now and then of an hour that is sealed by then.
        var time = START.plus(Duration.ofMinutes(random.nextInt(70)));
        var record =
            new ProducerRecord<byte[], byte[]>(
                TOPICS[random.nextInt(TOPICS.length)],
                random.nextInt(PARTITIONS),
                null,
                Topics.event(time));
        futures.add(producer.send(record));
        TimeUnit.MILLISECONDS.sleep(5);
      }
    }
    var places = new ArrayList<String>();
    for (var future : futures) {
      var sent = future.get();
      places.add(sent.topic() + "-" + sent.partition() + "@" + sent.offset());
    }
    places.sort(null);
    return places;
  }
}
