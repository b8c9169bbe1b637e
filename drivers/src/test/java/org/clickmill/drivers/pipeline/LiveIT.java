package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
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
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Faults;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.live.LiveOutcome;
import org.clickmill.jobs.live.LiveSwitch;
import org.clickmill.jobs.live.LiveUpdate;
import org.clickmill.jobs.load.FileEvents;
import org.clickmill.jobs.load.KafkaClient;
import org.clickmill.jobs.load.LateEvents;
import org.clickmill.jobs.load.LoadOptions;
import org.clickmill.jobs.load.Loader;
import org.clickmill.jobs.load.PublishFormat;
import org.clickmill.jobs.load.PublishJob;
import org.clickmill.jobs.load.StartAt;
import org.clickmill.jobs.load.ValueFormat;
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
  private static final Mapping MAPPING = Mapping.named("clickmill");
  private static final Instant END =
      RandomVisits.FIRST.plusDays(DAYS).atTime(1, 0).toInstant(ZoneOffset.UTC);
  private static final String PRODUCT = "coalesce(product_id, '(none)')";

  @TempDir private static Path brokerFolder;
  private static KafkaBroker broker;
  private static KafkaClient client;

  @TempDir private Path folder;
  private final List<String> arrived = new ArrayList<>();
  private int parts;

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
    var topic = "live-" + crashes;
    var local = new LocalWarehouse(folder).set("clickmill.load.allowed-lateness-minutes", 30);
    var events = arrivals(seed, random);
    int begin = 0;
    while (begin < events.size()) {
      int end = Math.min(events.size(), begin + 1 + random.nextInt(events.size() / 4 + 1));
      var part = events.subList(begin, end);
      begin = end;
      publish(topic, part);
      arrived.addAll(part);
      load(local, topic, newest(arrived).plus(Duration.ofMinutes(5)));
      if (random.nextInt(3) == 0) {
        new LateEvents(local.run()).fold();
      }
      if (crashes) {
        for (int crash = 0; crash < 3; crash++) {
          crash(local, 1 + random.nextInt(60));
        }
      } else if (random.nextInt(4) == 0) {
        continue;
      }
      update(local);
      assertThat(update(local).days()).isEmpty();
      compare(local, "seed " + seed + ", after " + arrived.size() + " events");
    }
    update(local);
    compare(local, "seed " + seed);

    load(local, topic, END);
    new LateEvents(local.run()).fold();
    update(local);
    compare(local, "seed " + seed + ", when the hours are sealed");
    assertThat(run(local).notReady()).isEmpty();
    assertSumsAreThoseOfTheDay(local);
    switchDays(local);
    assertNothingIsLive(local);

    publish(topic, List.of(RandomVisits.FIRST + "T10:00:00Z,purchase,p9,,,,7,1,v9,,,o9,"));
    load(local, topic, END);
    assertThat(update(local).ended()).contains("dt=" + RandomVisits.FIRST);
    assertNothingIsLive(local);
  }

  @Test
  void withoutCommitsOfTheLoaderThereIsNothingToFollow() throws IOException {
    var local = new LocalWarehouse(folder);
    assertThatThrownBy(() -> update(local))
        .isInstanceOf(ClickmillException.class)
        .hasMessageContaining("Missing commits of the loader in ")
        .hasMessageContaining("load first, with --follow --live");
  }

  @Test
  void aDayWhoseTablesWereThereBeforeIsNotBegun() throws Exception {
    var local = new LocalWarehouse(folder);
    var old = RandomVisits.FIRST.minusDays(7);
    RandomVisits.write(
        folder.resolve("old"), "events", List.of(old + "T10:00:00Z,purchase,p1,,,,7,1,v1,,,o1,"));
    local.importFiles(folder.resolve("old"), "clickmill");
    local.compact();
    publish(
        "live-old",
        List.of(
            old + "T10:00:01Z,purchase,p1,,,,7,1,v2,,,o2,",
            RandomVisits.FIRST + "T10:00:00Z,purchase,p9,,,,7,1,v9,,,o9,"));
    load(local, "live-old", END);
    new LateEvents(local.run()).fold();

    assertThat(update(local).days()).containsExactly("dt=" + RandomVisits.FIRST);
    assertThat(local.warehouse().manifest(Partition.ofDay("live_summary", old))).isEmpty();

    publish("live-old", List.of(old + "T11:00:00Z,view,p1,,,,7,,v3,,,,"));
    load(local, "live-old", END);
    assertThat(update(local).days()).isEmpty();
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

  private void compare(LocalWarehouse local, String description) throws IOException, SQLException {
    try (var duck = new DuckDb()) {
      RandomVisits.write(folder.resolve("arrived-" + ++parts), "events", arrived);
      duck.readEvents(folder.resolve("arrived-" + parts));
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      var start = "event_time // 300000 * 300000";
      duck.assertSame(
          description,
          "dt, bucket_start, product_id, order_lines, units, orders, revenue",
          live(local, "live_sales"),
          "SELECT * RENAME (value AS product_id, units_sold AS units) FROM ("
              + DuckDb.sales(start, "dt", PRODUCT)
              + ")");
      duck.assertSame(
          description,
          "dt, bucket_start, events, views, visitors, carts, orders, revenue",
          live(local, "live_summary"),
          "SELECT * REPLACE (coalesce(orders, 0) AS orders, coalesce(revenue, 0) AS revenue) FROM"
              + " (SELECT dt, "
              + start
              + " AS bucket_start, count(*) AS events, count(*) FILTER (event_type = 'view') AS"
              + " views, count(DISTINCT visitor) AS visitors, count(*) FILTER (event_type ="
              + " 'cart') AS carts FROM events GROUP BY ALL) LEFT JOIN (SELECT dt, bucket_start,"
              + " orders, revenue FROM ("
              + DuckDb.sales(start, "dt", "''")
              + ")) USING (dt, bucket_start)");
    }
  }

  private static String live(LocalWarehouse local, String table) {
    return "SELECT * REPLACE (epoch_ms(bucket_start::TIMESTAMP) AS bucket_start, "
        + DuckDb.scaled("revenue")
        + " AS revenue) FROM "
        + table(local, table);
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }

  private static void assertSumsAreThoseOfTheDay(LocalWarehouse local) throws SQLException {
    try (var duck = new DuckDb()) {
      duck.assertSame(
          "sums by product",
          "*",
          "SELECT dt, product_id, sum(order_lines), sum(units), sum(revenue) FROM "
              + table(local, "live_sales")
              + " GROUP BY ALL",
          "SELECT dt, value, order_lines, units_sold, revenue FROM "
              + table(local, "sales_by_product"));
      duck.assertSame(
          "sums by hour",
          "*",
          "SELECT date_trunc('hour', bucket_start) AS h, sum(revenue) AS r FROM "
              + table(local, "live_sales")
              + " GROUP BY ALL",
          "SELECT bucket_start, revenue FROM " + table(local, "sales_hourly"));
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

  private static LiveOutcome update(LocalWarehouse local) throws Exception {
    var run = local.run();
    return new LiveUpdate(run, new FreshDays(run)).update();
  }

  private static void switchDays(LocalWarehouse local) throws IOException {
    var run = local.run();
    new LiveSwitch(run, new FreshDays(run)).endFreshDays();
  }

  /** An update on a file system that fails at the n-th change. */
  private static void crash(LocalWarehouse local, long changes) throws Exception {
    var faulty = new Configuration(local.configuration());
    var faults = Faults.inject(faulty, local.warehouse().root(), changes);
    try {
      var warehouse = Warehouse.open(local.warehouse().root(), faulty);
      var run = Run.start(warehouse, faulty, Clock.systemUTC(), Run.Progress.SILENT);
      new LiveUpdate(run, new FreshDays(run)).update();
    } catch (IOException | RuntimeException e) {
      // What the crash left is for the next update.
    } finally {
      faults.close();
    }
  }

  private void publish(String topic, List<String> events) throws Exception {
    var input = folder.resolve("events-" + ++parts);
    RandomVisits.write(input, "events", events);
    var local = LocalWarehouse.configuration(folder);
    var options = new PublishJob.Options(topic, 2, PublishFormat.JSON, 0);
    try (var files =
        new FileEvents(local, new org.apache.hadoop.fs.Path(input.toString()), MAPPING)) {
      new PublishJob(local, client, options).run(files, sent -> {});
    }
  }

  private static void load(LocalWarehouse local, String topic, Instant asOf) throws Exception {
    var options =
        new LoadOptions(
            List.of(topic), MAPPING, ValueFormat.JSON, StartAt.parse("earliest"), asOf, false);
    new Loader(local.run(), client, options).load();
  }

  private static PipelineReport run(LocalWarehouse local) throws IOException {
    return new Pipeline(local.run(), Suite.entries(local.configuration()), PlanOptions.DEFAULT)
        .run(DayRange.ALL);
  }
}
