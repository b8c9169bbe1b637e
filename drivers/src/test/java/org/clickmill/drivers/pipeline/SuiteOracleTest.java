package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.SessionSql;
import org.clickmill.jobs.SuiteSql;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row that a whole pipeline writes equals what SQL says of the same files. */
final class SuiteOracleTest {
  private static final int DAYS = 12;
  private static final int WINDOW = 3;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var input = folder.resolve("input");
    var random = new Random(seed);
    for (var day : new RandomVisits(seed, DAYS).events().entrySet()) {
      RandomVisits.write(input, day.getKey().toString(), day.getValue());
    }
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.split.count", random.nextInt(4) * random.nextInt(4))
            .set("clickmill.reducers", random.nextInt(4))
            .set("clickmill.trending.windows", "2," + WINDOW)
            .set("clickmill.interactions.window-days", WINDOW)
            .set("clickmill.interactions.weights", "view=1,cart=3,purchase=5")
            .set(
                "clickmill.funnel.definitions",
                "{quick: {steps: [view, cart, purchase], window: 10m}}");
    local.importFiles(input, "clickmill");
    var report =
        new Pipeline(local.run(), Suite.entries(local.configuration()), PlanOptions.DEFAULT)
            .run(DayRange.ALL);
    assertThat(report.notReady()).as("seed %d", seed).isEmpty();

    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      compareCustomers(duck, local, "seed " + seed);
      compareTrends(duck, local, "seed " + seed);
      SessionSql.define(duck, RandomVisits.FIRST.plusDays(DAYS).toString());
      compareSessions(duck, local, "seed " + seed);
      compareFunnels(duck, local, "seed " + seed);
    }
  }

  private static void compareSessions(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "sessions, " + seed,
        "dt, visitor, user_id, user_session, start_time, end_time, duration_seconds, events, views,"
            + " carts, removes, purchases, orders, revenue, view_time, cart_time, purchase_time,"
            + " is_bounce, is_complete, cut_at_24_hours, entry_product_id, exit_product_id,"
            + " has_purchase",
        "SELECT * REPLACE ("
            + millis("start_time", "end_time", "view_time", "cart_time", "purchase_time")
            + ", "
            + DuckDb.scaled("revenue")
            + " AS revenue) FROM "
            + table(local, "sessions"),
        SessionSql.sessions());
    assertThat(
            duck.rows(
                "SELECT count(*) - count(DISTINCT session_id) FROM "
                    + table(local, "sessions")
                    + " WHERE visitor IS NOT NULL"))
        .as(seed)
        .isEqualTo(List.of(List.of("0")));
  }

  private static void compareFunnels(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    var columns =
        "dt, funnel, step, sessions, drop_off, conversion_from_previous, conversion_from_first,"
            + " median_seconds_from_previous, p90_seconds_from_previous";
    for (var by : List.of("", "_by_brand", "_by_category")) {
      var value =
          switch (by) {
            case "_by_brand" -> "coalesce(brand, '(none)')";
            case "_by_category" -> "coalesce(category_code, '(none)')";
            default -> "''";
          };
      duck.assertSame(
          "funnel" + by + ", " + seed,
          by.isEmpty() ? columns : columns + ", value",
          "SELECT * FROM " + table(local, "funnel" + by),
          SessionSql.funnel("view_cart_purchase", null, value)
              + " UNION ALL "
              + SessionSql.funnel("quick", 600_000L, value));
    }
    duck.assertSame(
        "cart_abandonment, " + seed,
        "dt, sessions_with_cart, sessions_bought, sessions_abandoned, sessions_emptied,"
            + " abandonment_rate, abandoned_value",
        "SELECT * REPLACE ("
            + DuckDb.scaled("abandoned_value")
            + " AS abandoned_value) FROM "
            + table(local, "cart_abandonment"),
        SessionSql.cartAbandonment());
    duck.assertSame(
        "maturity, " + seed,
        "dt, mature",
        "SELECT DISTINCT dt, mature FROM "
            + table(local, "funnel")
            + " UNION SELECT DISTINCT dt, mature FROM "
            + table(local, "cart_abandonment"),
        "SELECT dt, mature FROM (SELECT dt, bool_and(is_complete) AS mature FROM ("
            + SessionSql.sessions()
            + ") GROUP BY dt) WHERE dt IN (SELECT session_dt FROM session_events WHERE event_type IN"
            + " ('view', 'cart'))");
  }

  private static void compareCustomers(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "customer_days, " + seed,
        "dt, user_id, orders, order_lines, purchase_lines, gross_revenue, revenue, first_time,"
            + " last_time",
        "SELECT * REPLACE ("
            + millis("first_time", "last_time")
            + ", "
            + money("gross_revenue", "revenue")
            + ") FROM "
            + table(local, "customer_days"),
        SuiteSql.customerDays());
    duck.assertSame(
        "customers, " + seed,
        "dt, user_id, orders, purchase_days, first_day, last_day, gross_revenue, revenue,"
            + " purchase_day_revenue, first_day_revenue, returns_only",
        "SELECT * REPLACE ("
            + money("gross_revenue", "revenue", "purchase_day_revenue", "first_day_revenue")
            + ") FROM "
            + table(local, "customers"),
        SuiteSql.customers(lastDay()));
  }

  private static void compareTrends(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    for (int window : new int[] {2, WINDOW}) {
      var expected =
          RandomVisits.FIRST
              .datesUntil(RandomVisits.FIRST.plusDays(DAYS))
              .map(day -> "(" + SuiteSql.trending(day.toString(), window) + ")")
              .toList();
      duck.assertSame(
          "trending of " + window + " days, " + seed,
          "dt, window_days, rank, product_id, views, views_before, views_delta, growth, is_new,"
              + " score, visitors",
          "SELECT * FROM " + table(local, "trending") + " WHERE window_days = " + window,
          String.join(" UNION ALL ", expected));
    }
    duck.assertSame(
        "interactions, " + seed,
        "dt, user_id, product_id, user_index, product_index, rating",
        "SELECT * FROM " + table(local, "interactions"),
        SuiteSql.interactions(lastDay(), WINDOW, 1, 3, 5));
    for (var trend : List.of("sales_trend", "sales_trend_by_brand")) {
      var value = trend.endsWith("brand") ? "coalesce(brand, '(none)')" : "''";
      var expected =
          RandomVisits.FIRST
              .datesUntil(RandomVisits.FIRST.plusDays(DAYS))
              .map(
                  day ->
                      "("
                          + SuiteSql.salesTrend(
                              day.toString(), value, RandomVisits.FIRST.toString())
                          + ")")
              .toList();
      var columns =
          "dt, revenue, revenue_average_7d, revenue_average_28d, revenue_same_day_last_week, orders,"
              + " orders_average_7d, orders_average_28d";
      duck.assertSame(
          trend + ", " + seed,
          trend.endsWith("brand") ? columns + ", value" : columns,
          "SELECT * REPLACE ("
              + money(
                  "revenue",
                  "revenue_average_7d",
                  "revenue_average_28d",
                  "revenue_same_day_last_week")
              + ") FROM "
              + table(local, trend),
          String.join(" UNION ALL ", expected));
    }
  }

  private static String lastDay() {
    return RandomVisits.FIRST.plusDays(DAYS - 1).toString();
  }

  private static String millis(String... columns) {
    return replaced("epoch_ms(%s)", columns);
  }

  private static String money(String... columns) {
    return replaced(DuckDb.scaled("%s"), columns);
  }

  private static String replaced(String expression, String... columns) {
    return java.util.Arrays.stream(columns)
        .map(column -> expression.formatted(column) + " AS " + column)
        .collect(java.util.stream.Collectors.joining(", "));
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
