package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.live.LiveSwitch;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LateEvents;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live tables hold what the loader has committed, whatever comes when and whatever crashes. */
final class LiveIT {
  private static final int DAYS = 2;
  private static final Instant END =
      RandomVisits.FIRST.plusDays(DAYS).atTime(1, 0).toInstant(ZoneOffset.UTC);

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;
  private static KafkaClient client;

  @TempDir private Path folder;

  @BeforeAll
  static void startBroker() throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    client = new KafkaClient(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /**
   * @param crashes whether updates die at random steps
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void liveTablesEqualACountOfAllEventsThatCame(boolean crashes) throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var shop = new LiveShop(folder, client, "live-" + crashes);
    var local = shop.local.set("clickmill.load.allowed-lateness-minutes", 30);
    var events = arrivals(seed, random);
    int begin = 0;
    while (begin < events.size()) {
      int end = Math.min(events.size(), begin + 1 + random.nextInt(events.size() / 4 + 1));
      var part = events.subList(begin, end);
      begin = end;
      shop.publish(part);
      shop.load(newest(shop.arrived()).plus(Duration.ofMinutes(5)));
      if (random.nextInt(3) == 0) {
        new LateEvents(local.run()).fold();
      }
      if (crashes) {
        for (int crash = 0; crash < 3; crash++) {
          crash(shop, 1 + random.nextInt(60));
        }
      } else if (random.nextInt(4) == 0) {
        continue;
      }
      shop.update();
      assertThat(shop.update().days()).isEmpty();
      shop.compare("seed " + seed + ", after " + shop.arrived().size() + " events");
    }
    shop.update();
    shop.compare("seed " + seed);

    shop.load(END);
    new LateEvents(local.run()).fold();
    shop.update();
    shop.compare("seed " + seed + ", when the hours are sealed");
    assertThat(run(local).notReady()).isEmpty();
    assertSumsAreThoseOfTheDay(shop);
    switchDays(local);
    assertNothingIsLive(local);

    shop.publish(List.of(RandomVisits.FIRST + "T10:00:00Z,purchase,p9,,,,7,1,v9,,,o9,"));
    shop.load(END);
    assertThat(shop.update().ended()).contains("dt=" + RandomVisits.FIRST);
    assertNothingIsLive(local);
  }

  @Test
  void withoutCommitsOfTheLoaderThereIsNothingToFollow() throws IOException {
    var shop = new LiveShop(folder, client, "live-nothing");
    assertThatThrownBy(shop::update)
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Missing commits of the loader in ")
        .hasMessageContaining("load first, with --follow --live");
  }

  @Test
  void aDayWhoseTablesWereThereBeforeIsNotBegun() throws Exception {
    var shop = new LiveShop(folder, client, "live-old");
    var local = shop.local;
    var old = RandomVisits.FIRST.minusDays(7);
    RandomVisits.write(
        folder.resolve("old"), "events", List.of(old + "T10:00:00Z,purchase,p1,,,,7,1,v1,,,o1,"));
    local.importFiles(folder.resolve("old"), "clickmill");
    local.compact();
    shop.publish(
        List.of(
            old + "T10:00:01Z,purchase,p1,,,,7,1,v2,,,o2,",
            RandomVisits.FIRST + "T10:00:00Z,purchase,p9,,,,7,1,v9,,,o9,"));
    shop.load(END);
    new LateEvents(local.run()).fold();

    assertThat(shop.update().days()).containsExactly("dt=" + RandomVisits.FIRST);
    assertThat(local.warehouse().manifest(Partition.ofDay("live_summary", old))).isEmpty();

    shop.publish(List.of(old + "T11:00:00Z,view,p1,,,,7,,v3,,,,"));
    shop.load(END);
    assertThat(shop.update().days()).isEmpty();
    assertThat(local.warehouse().manifest(Partition.ofDay("live_summary", old))).isEmpty();
  }

  /** Events in about the order of their times, some late, some repeated, also at other times. */
  private static List<String> arrivals(long seed, Random random) {
    var lines = new ArrayList<String>();
    new RandomVisits(seed, DAYS).events().values().forEach(lines::addAll);
    var events = new ArrayList<String>();
    for (var line : lines) {
      var id = random.nextInt(3) == 0 ? "e" + random.nextInt(lines.size() / 4 + 1) : "";
      events.add(line + id);
      if (random.nextInt(8) == 0) {
        events.add(line + id);
      }
    }
    var order = new IdentityHashMap<String, Instant>();
    var arrivals = events.stream().map(String::new).collect(Collectors.toList());
    for (var event : arrivals) {
      long late = random.nextInt(10) == 0 ? random.nextLong(30 * 3600) : random.nextLong(600);
      order.put(event, timeOf(event).plusSeconds(late));
    }
    arrivals.sort(Comparator.comparing(order::get));
    return Collections.unmodifiableList(arrivals);
  }

  private static Instant newest(List<String> events) {
    return events.stream().map(LiveIT::timeOf).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static Instant timeOf(String event) {
    return Instant.parse(event.substring(0, event.indexOf(',')));
  }

  private static void assertSumsAreThoseOfTheDay(LiveShop shop) throws SQLException {
    try (var duck = new DuckDb()) {
      duck.assertSame(
          "sums by product",
          "*",
          "SELECT dt, product_id, sum(order_lines), sum(units), sum(revenue) FROM "
              + shop.table("live_sales")
              + " GROUP BY ALL",
          "SELECT dt, value, order_lines, units_sold, revenue FROM "
              + shop.table("sales_by_product"));
      duck.assertSame(
          "sums by hour",
          "*",
          "SELECT date_trunc('hour', bucket_start) AS h, sum(revenue) AS r FROM "
              + shop.table("live_sales")
              + " GROUP BY ALL",
          "SELECT bucket_start, revenue FROM " + shop.table("sales_hourly"));
    }
  }

  private static void assertNothingIsLive(LocalWarehouse local) throws IOException {
    for (var table : List.of("live_sales", "live_summary")) {
      for (int day = 0; day < DAYS; day++) {
        var partition = Partition.ofDay(table, RandomVisits.FIRST.plusDays(day));
        assertThat(local.warehouse().manifest(partition).orElseThrow().fingerprint().rows())
            .as("%s", partition)
            .isZero();
      }
    }
  }

  private static void switchDays(LocalWarehouse local) throws IOException {
    var run = local.run();
    new LiveSwitch(run, new FreshDays(run)).endFreshDays();
  }

  /** An update on a file system that fails at the n-th change. */
  private static void crash(LiveShop shop, long changes) throws Exception {
    var faulty = new Configuration(shop.local.configuration());
    var faults = Faults.inject(faulty, shop.local.warehouse().root(), changes);
    try {
      shop.update(faulty);
    } catch (IOException | RuntimeException e) {
      // What the crash left is for the next update.
    } finally {
      faults.close();
    }
  }

  private static PipelineReport run(LocalWarehouse local) throws IOException {
    return new Pipeline(local.run(), Suite.entries(local.configuration()), PlanOptions.DEFAULT)
        .run(DayRange.ALL);
  }
}
