package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However late events come from Kafka, the tables end as if none had been late. */
final class LateEventsIT {
  private static final int DAYS = 4;
  private static final Instant END = endOf(RandomVisits.FIRST.plusDays(DAYS - 1L));
  private static final Mapping MAPPING = Mapping.named("clickmill");

  /** Tables that are made for the last day of each run of the pipeline only. */
  private static final Set<String> SNAPSHOTS =
      Set.of(
          "customers",
          "clv",
          "clv_model",
          "interactions",
          "interactions_users",
          "interactions_products");

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
   * @param isFirstDayLate whether the first day comes late as a whole, with two days behind it that
   *     have no event at all
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tablesEqualThoseOfALoadWithoutLateness(boolean isFirstDayLate) throws Exception {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var description = "seed " + seed;
    var topic = "late-" + isFirstDayLate;
    var random = new Random(seed);
    var visits = new RandomVisits(seed, DAYS).events();
    var late = new ArrayList<String>();
    if (isFirstDayLate) {
      late.addAll(visits.remove(RandomVisits.FIRST));
      visits.remove(RandomVisits.FIRST.plusDays(1));
      visits.remove(RandomVisits.FIRST.plusDays(2));
    }
    var slowly = warehouse("slowly");
    for (var day : visits.entrySet()) {
      var events = day.getValue();
      int inTime = events.isEmpty() ? 0 : 1 + random.nextInt(events.size());
      late.addAll(events.subList(inTime, events.size()));
      publish(topic, events.subList(0, inTime));
      load(slowly, topic, endOf(day.getKey()));
    }
    run(slowly);
    // In two goes, so that hours are published a second and a third time.
    int some = random.nextInt(late.size() + 1);
    for (var part : List.of(late.subList(0, some), late.subList(some, late.size()))) {
      publish(topic, part);
      load(slowly, topic, END);
      new LateEvents(slowly.run()).fold();
      assertThat(run(slowly).notReady()).as(description).isEmpty();
    }

    var atOnce = warehouse("at-once");
    load(atOnce, topic, END);
    assertThat(run(atOnce).notReady()).as(description).isEmpty();

    compare(slowly, atOnce, description);
    assertThat(run(slowly).didNothing()).as(description).isTrue();
  }

  private static void compare(LocalWarehouse slowly, LocalWarehouse atOnce, String description)
      throws IOException, SQLException {
    var datasets = new ArrayList<>(atOnce.warehouse().datasets());
    datasets.remove(Datasets.EVENTS);
    assertThat(datasets).contains(Datasets.EVENTS_DAILY, "sessions", "sales", "clv_model");
    try (var duck = new DuckDb()) {
      for (var dataset : datasets) {
        if (!hasRows(duck, atOnce, dataset)) {
          assertThat(hasRows(duck, slowly, dataset)).as(dataset + ", " + description).isFalse();
          continue;
        }
        var expected = table(atOnce, dataset);
        var actual =
            SNAPSHOTS.contains(dataset)
                ? "SELECT * FROM %s WHERE dt IN (SELECT dt FROM %s)"
                    .formatted(table(slowly, dataset), expected)
                : "SELECT * FROM " + table(slowly, dataset);
        duck.assertSame(dataset + ", " + description, "*", actual, "SELECT * FROM " + expected);
      }
    }
  }

  private static boolean hasRows(DuckDb duck, LocalWarehouse local, String dataset)
      throws SQLException {
    return !duck.rows("SELECT file FROM glob('" + local.glob(dataset) + "')").isEmpty();
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }

  private LocalWarehouse warehouse(String name) throws IOException {
    return new LocalWarehouse(folder.resolve(name))
        .set("clickmill.trending.windows", "2,3")
        .set("clickmill.interactions.window-days", 3);
  }

  private void publish(String topic, List<String> events) throws Exception {
    var input = folder.resolve("events-" + events.hashCode());
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

  /** When the last hour of a day is sealed. */
  private static Instant endOf(LocalDate day) {
    return day.plusDays(1).atTime(0, 10).toInstant(ZoneOffset.UTC);
  }

  private static PipelineReport run(LocalWarehouse local) throws IOException {
    return new Pipeline(local.run(), Suite.entries(local.configuration()), PlanOptions.DEFAULT)
        .run(DayRange.ALL);
  }
}
