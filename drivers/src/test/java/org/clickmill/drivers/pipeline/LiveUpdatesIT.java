package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Disk;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Updates of live tables that meet others, clocks that go back, and files that are damaged. */
final class LiveUpdatesIT {
  private static final LocalDate DAY = LocalDate.of(2024, 3, 1);

  /** Events that come later are refused. */
  private static final Instant AS_OF = Instant.parse("2024-03-02T02:00:00Z");

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir private Path folder;
  private final long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private LiveShop shop;
  private int events;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void open(TestInfo test) throws IOException {
    System.out.println("LiveUpdatesIT seed " + seed);
    var client = new KafkaClient(java.util.Map.of("bootstrap.servers", broker.bootstrapServers()));
    shop = new LiveShop(folder, client, test.getTestMethod().orElseThrow().getName());
  }

  @Test
  void ofTwoUpdatesAtOnceOneGivesWay() throws Exception {
    arrive(50);
    int held = 0;
    for (var place : List.of("start", "state", "live_sales", "live_summary", "any", "any")) {
      arrive(20);
      var second = new AtomicInteger(-1);
      var watched = new Configuration(shop.local.configuration());
      int wait = random.nextInt(30);
      var seen = new AtomicInteger();
      try (var faults =
          Faults.watch(
              watched,
              shop.local.warehouse().root(),
              (what, path) -> {
                if (second.get() < 0 && isAt(place, path.toString(), seen, wait)) {
                  second.set(0);
                  second.set(isHeld(() -> shop.update()) ? 1 : 0);
                }
              })) {
        boolean isFirstHeld = isHeld(() -> shop.update(watched));
        assertThat(second).as("%s, seed %d", place, seed).hasNonNegativeValue();
        held += isFirstHeld ? 1 : 0;
        // One of them has got through.
        assertThat(isFirstHeld && second.get() == 1).as("%s, seed %d", place, seed).isFalse();
        assertThat(faults.changes()).isPositive();
      }
      shop.update();
      shop.compare(place + ", seed " + seed);
    }
    assertThat(held).as("seed %d", seed).isPositive();
  }

  private static boolean isAt(String place, String path, AtomicInteger seen, int wait) {
    return switch (place) {
      case "start" -> path.contains("/_live/dt=");
      case "state" -> path.contains("/_live/states") || path.contains("_staging");
      case "any" -> seen.getAndIncrement() == wait;
      default -> path.contains("/" + place + "/dt=");
    };
  }

  /** An update. */
  private interface Update {
    void run() throws IOException, InterruptedException;
  }

  private static boolean isHeld(Update update) throws IOException {
    try {
      update.run();
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (ClickmillException e) {
      assertThat(e.failure()).as(e.getMessage()).isEqualTo(Failure.HELD);
      assertThat(e).hasMessageContaining("run again");
      return true;
    }
  }

  @Test
  void clocksThatGoBackChangeNothing() throws Exception {
    var now = Instant.parse("2024-03-01T12:00:00Z");
    for (int round = 0; round < 4; round++) {
      // The clock of the run, the time of the load, and those of the events.
      shop.local.at(now.minus(Duration.ofDays(round)));
      shop.publish(List.of(event(DAY.minusDays(round)), event(DAY), event(DAY.minusDays(round))));
      shop.load(AS_OF.minus(Duration.ofMinutes(30L * round)));
      var updated = shop.update();
      assertThat(updated.days()).contains("dt=" + DAY.minusDays(round));
      shop.compare("round " + round);
      // As if the clock of the machine had gone back by two days since these were written.
      for (var name : List.of("_live", "_trash", "live_sales", "live_summary")) {
        moveTimes(shop.local.warehouse().disk(), name, Duration.ofDays(2));
      }
    }
    shop.publish(List.of(event(DAY)));
    shop.load(AS_OF);
    shop.update();
    shop.compare("at last");
  }

  private void moveTimes(Disk disk, String name, Duration by) throws IOException {
    var root = new org.apache.hadoop.fs.Path(shop.local.warehouse().root(), name);
    var folders = new ArrayList<>(List.of(root));
    while (!folders.isEmpty()) {
      for (var status : disk.list(folders.remove(0))) {
        shop.local
            .warehouse()
            .fileSystem()
            .setTimes(status.getPath(), status.getModificationTime() + by.toMillis(), -1);
        if (status.isDirectory()) {
          folders.add(status.getPath());
        }
      }
    }
  }

  @Test
  void damagedIdsAreToldAndBuiltAnew() throws Exception {
    arrive(200);
    shop.update();
    var ids = ids();
    var bytes = Files.readAllBytes(ids);
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    Files.write(ids, bytes);
    arrive(50);

    assertThatThrownBy(() -> shop.update())
        .as("seed %d", seed)
        .isInstanceOf(ClickmillException.class)
        .hasMessageStartingWith("Damaged file: ")
        .hasMessageEndingWith(
            ids.getFileName()
                + " is not as it was written. Delete the folder _live; the next 'clickmill live'"
                + " builds it again.");
    shop.local
        .warehouse()
        .disk()
        .delete(new org.apache.hadoop.fs.Path(shop.local.warehouse().root(), "_live"));
    shop.update();
    shop.compare("seed " + seed);
  }

  private Path ids() throws IOException {
    var day = folder.resolve("warehouse/_live/dt=" + DAY);
    try (var files = Files.newDirectoryStream(day, "*.ids")) {
      return files.iterator().next();
    }
  }

  @Test
  void statesOfAnOlderFormatAreBuiltAnew() throws Exception {
    arrive(50);
    shop.update();
    var states = folder.resolve("warehouse/_live/states");
    var state = states.resolve("0000000001.json");
    var text = Files.readString(state);
    assertThat(text).contains("\"formatVersion\":2");
    Files.writeString(state, text.replace("\"formatVersion\":2", "\"formatVersion\":1"));
    arrive(10);

    var updated = shop.update();

    assertThat(updated.events()).isEqualTo(60);
    assertThat(states.resolve("0000000002.json")).content().contains("\"formatVersion\":2");
    shop.compare("seed " + seed);
  }

  /** Publishes events of the day and loads them; a few ids come again. */
  private void arrive(int count) throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      lines.add(event(DAY));
    }
    shop.publish(lines);
    shop.load(AS_OF);
  }

  private String event(LocalDate day) {
    events++;
    var time = day.atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60));
    int id = random.nextInt(5) == 0 ? random.nextInt(events) : events;
    return String.format(
        Locale.ROOT,
        "%s:00Z,purchase,p%d,,,,%d,1,v%d,,,o%d,e%d",
        time.withSecond(0).toString().substring(0, 16),
        random.nextInt(5),
        1 + random.nextInt(9),
        random.nextInt(7),
        random.nextInt(30),
        id);
  }
}
