package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.clickmill.jobs.AnalystSql;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.SessionSql;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the analyst's tables equals what SQL says of the same files, whether the days came
 * at once or night by night.
 */
final class AnalystOracleTest {
  private static final int DAYS = 12;

  @TempDir private Path folder;

  /** New seeds each time; the system property repeats one. */
  static LongStream seeds() {
    var repeated = Long.getLong("clickmill.test.seed");
    return repeated != null ? LongStream.of(repeated) : new Random().longs(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var random = new Random(seed);
    var local =
        new LocalWarehouse(folder.resolve("warehouse"))
            .set("clickmill.split.count", random.nextInt(4) * random.nextInt(4))
            .set("clickmill.reducers", random.nextInt(4))
            .set("clickmill.summary.tables", "daily_summary");
    if (random.nextBoolean()) {
      local.set("clickmill.internal.slide.rows-in-memory", 0);
    }
    boolean everyNight = random.nextBoolean();
    var all = folder.resolve("all");
    for (var day : new RandomVisits(seed, DAYS).events().entrySet()) {
      RandomVisits.write(all, day.getKey().toString(), day.getValue());
      if (everyNight) {
        var input = folder.resolve(day.getKey().toString());
        RandomVisits.write(input, day.getKey().toString(), day.getValue());
        local.importFiles(input, "clickmill");
        run(local, seed);
      }
    }
    if (!everyNight) {
      local.importFiles(all, "clickmill");
      run(local, seed);
    }

    var name = "seed " + seed + (everyNight ? ", every night" : "");
    try (var duck = new DuckDb()) {
      duck.readEvents(all);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      SessionSql.define(duck, RandomVisits.FIRST.plusDays(DAYS).toString());
      compareActivity(duck, local, name);
      compareSummary(duck, local, name);
    }
  }

  private static void run(LocalWarehouse local, long seed) throws Exception {
    var entries =
        Suite.withInputs(List.of("daily_summary"), Suite.entries(local.configuration()));
    var report = new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(report.notReady()).as("seed %d", seed).isEmpty();
  }

  private static void compareActivity(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "customer_activity, " + seed,
        "dt, user_id, first_day, previous_day, orders, purchase_lines, gross_revenue, revenue,"
            + " first_time",
        "SELECT * REPLACE (epoch_ms(first_time) AS first_time, "
            + money("gross_revenue", "revenue")
            + ") FROM "
            + table(local, "customer_activity"),
        AnalystSql.customerActivity());
  }

  private static void compareSummary(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "daily_summary, " + seed,
        "dt, events, views, visitors, sessions, bounces, bounce_rate, customers, new_customers,"
            + " returning_customers, orders, conversion, revenue, average_order_value,"
            + " revenue_per_session, mature",
        "SELECT * REPLACE ("
            + money("revenue", "average_order_value", "revenue_per_session")
            + ") FROM "
            + table(local, "daily_summary"),
        AnalystSql.dailySummary());
  }

  private static String money(String... columns) {
    return Arrays.stream(columns)
        .map(column -> DuckDb.scaled(column) + " AS " + column)
        .collect(Collectors.joining(", "));
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
