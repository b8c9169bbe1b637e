package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.clickmill.jobs.AnalystSql;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.SessionSql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of the analyst's tables equals what SQL says of the same files, whether the days came
 * at once or night by night, some of them late.
 */
final class AnalystOracleTest {
  private static final int DAYS = 12;
  private static final List<String> SUMMARIES =
      List.of("daily_summary", "traffic", "orders", "product_performance", "dwell", "user_funnel");

  /** The built-in funnel with a window. */
  private static final String FUNNELS = "{quick: {steps: [view, cart, purchase], window: 20h}}";

  private static final long QUICK = 20 * 3_600_000L;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var random = new Random(seed);
    int windowDays = 1 + random.nextInt(DAYS + 2);
    var local =
        new LocalWarehouse(folder.resolve("warehouse"))
            .set("clickmill.split.count", random.nextInt(4) * random.nextInt(4))
            .set("clickmill.reducers", random.nextInt(4))
            .set("clickmill.customers.tables", "cohorts,identities")
            .set("clickmill.summary.tables", String.join(",", SUMMARIES))
            .set("clickmill.user-funnel.window-days", windowDays)
            .set("clickmill.funnel.definitions", FUNNELS);
    if (random.nextBoolean()) {
      local.set("clickmill.internal.slide.rows-in-memory", 0);
    }
    boolean everyNight = random.nextBoolean();
    var all = folder.resolve("all");
    var late = new ArrayList<String>();
    var last = RandomVisits.FIRST.plusDays(DAYS - 1L);
    for (var day : new RandomVisits(seed, DAYS).events().entrySet()) {
      // An import seals the days from its first event to its last, so each day needs one.
      day.getValue().add(day.getKey() + "T12:00:00Z,view,p1,,,,1.0,1,v0,,,,");
      RandomVisits.writeWithTraffic(all, day.getKey().toString(), day.getValue());
      if (everyNight) {
        var input = folder.resolve(day.getKey().toString());
        RandomVisits.writeWithTraffic(
            input, day.getKey().toString(), arriving(day.getKey(), day.getValue(), late, random));
        local.importFiles(input, "clickmill");
        if (random.nextBoolean() || day.getKey().equals(last)) {
          run(local, seed);
        }
      }
    }
    if (!everyNight) {
      local.importFiles(all, "clickmill");
      run(local, seed);
    }

    assertThat(local.manifests("customer_activity").values())
        .allMatch(manifest -> manifest.inputs().size() <= 2);
    var name = "seed " + seed + (everyNight ? ", night by night" : "");
    try (var duck = new DuckDb()) {
      duck.readEvents(all, RandomVisits.TRAFFIC);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      SessionSql.define(duck, RandomVisits.FIRST.plusDays(DAYS).toString());
      compareActivity(duck, local, name);
      compareSummary(duck, local, name);
      compareTraffic(duck, local, name);
      compareOrders(duck, local, last, name);
      compareProducts(duck, local, name);
      compareDwell(duck, local, name);
      compareUserFunnel(duck, local, windowDays, name);
      compareCohorts(duck, local, last, name);
      compareIdentities(duck, local, last, name);
    }
  }

  /** Months without a purchase of a cohort have rows, and so has the one that is running. */
  @ParameterizedTest
  @MethodSource("seed")
  void cohortsOfManyMonthsEqualTheAnswersOfSql(long seed) throws Exception {
    var random = new Random(seed);
    var first = LocalDate.of(2023, 11, 20);
    int days = 80 + random.nextInt(40);
    var lines = new ArrayList<String>();
    // So that all days between are sealed.
    for (var day : List.of(first, first.plusDays(days - 1L))) {
      lines.add(day + "T00:00:00Z,view,p0,,,,,,v0,,,,");
    }
    for (int line = 0; line < 60; line++) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%sT12:00:00Z,%s,p0,,,,%d.5,%d,,u%d,,o%d,",
              first.plusDays(random.nextInt(days)),
              random.nextInt(4) == 0 ? "return" : "purchase",
              random.nextInt(-1, 9),
              random.nextInt(-1, 4),
              random.nextInt(15),
              random.nextInt(50)));
    }
    var local =
        new LocalWarehouse(folder.resolve("warehouse"))
            .set("clickmill.customers.tables", "cohorts");
    var input = folder.resolve("input");
    RandomVisits.write(input, "events", lines);
    local.importFiles(input, "clickmill");
    var entries = Suite.withInputs(List.of("cohorts"), Suite.entries(local.configuration()));
    // Each of the last days begins with the snapshot of the day before it.
    for (int day = days - 1 - random.nextInt(3); day < days; day++) {
      var report =
          new Pipeline(local.run(), entries, PlanOptions.DEFAULT)
              .run(new DayRange(first, first.plusDays(day)));
      assertThat(report.notReady()).as("seed %d", seed).isEmpty();
    }

    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      compareCohorts(duck, local, first.plusDays(days - 1L), "seed " + seed);
    }
  }

  /** A visitor who came from nowhere, as far as the first event tells, and one who bounced. */
  @Test
  void sessionsOfGoogleAnalyticsHaveTheirTraffic() throws Exception {
    var item = "\"items\":[{\"item_id\":\"cup\",\"price\":19.99,\"quantity\":\"2\"}]";
    var google = ",\"traffic_source\":{\"name\":\"winter\",\"source\":\"google\"}";
    var phone = "\"device\":{\"category\":\"mobile\"},\"geo\":{\"country\":\"Norway\"}";
    var desk = "\"device\":{\"category\":\"desktop\"}";
    var input = Files.createDirectory(folder.resolve("input"));
    Files.write(
        input.resolve("events.json"),
        List.of(
            analyticsEvent(1, "view_item", "v1", desk + "," + item),
            analyticsEvent(2, "view_item", "v1", phone + google + "," + item),
            analyticsEvent(3, "purchase", "v1", desk + "," + item),
            analyticsEvent(4, "view_item", "v2", desk + "," + item)));
    var local =
        new LocalWarehouse(folder.resolve("warehouse")).set("clickmill.summary.tables", "traffic");
    local.importFiles(input, "ga4");
    var entries = Suite.withInputs(List.of("traffic"), Suite.entries(local.configuration()));
    new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    try (var duck = new DuckDb()) {
      assertThat(
              duck.rows(
                  "SELECT traffic_source, campaign, device, country, sessions, bounces,"
                      + " sessions_with_purchase, orders, revenue FROM "
                      + table(local, "traffic")
                      + " ORDER BY ALL"))
          .containsExactly(
              List.of("(none)", "(none)", "desktop", "(none)", "1", "1", "0", "0", "0.0000"),
              List.of("google", "winter", "mobile", "Norway", "1", "0", "1", "1", "39.9800"));
    }
  }

  private static String analyticsEvent(int second, String name, String visitor, String rest) {
    return String.format(
        Locale.ROOT,
        "{\"event_timestamp\":\"17360694%02d000000\",\"event_name\":\"%s\","
            + "\"user_pseudo_id\":\"%s\",%s}",
        second,
        name,
        visitor,
        rest);
  }

  static LongStream seed() {
    return seeds().limit(1);
  }

  /** Some events of the day, and those that were late before; others are late now. */
  private static List<String> arriving(
      LocalDate day, List<String> events, List<String> late, Random random) {
    var arriving = new ArrayList<>(late);
    late.clear();
    for (int i = 0; i < events.size(); i++) {
      boolean isLast = i == events.size() - 1 || day.equals(RandomVisits.FIRST.plusDays(DAYS - 1L));
      (isLast || random.nextInt(8) > 0 ? arriving : late).add(events.get(i));
    }
    return arriving;
  }

  private static void run(LocalWarehouse local, long seed) throws Exception {
    var tables = new ArrayList<>(SUMMARIES);
    tables.addAll(List.of("cohorts", "identities"));
    var entries = Suite.withInputs(tables, Suite.entries(local.configuration()));
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

  private static void compareTraffic(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "traffic, " + seed,
        "dt, traffic_source, campaign, device, country, sessions, bounces, sessions_with_purchase,"
            + " orders, revenue",
        "SELECT * REPLACE (" + money("revenue") + ") FROM " + table(local, "traffic"),
        AnalystSql.traffic());
  }

  private static void compareOrders(DuckDb duck, LocalWarehouse local, LocalDate last, String seed)
      throws SQLException {
    var orders = table(local, "orders");
    duck.assertSame(
        "orders, " + seed,
        "dt, order_key, order_id, user_id, visitor, first_time, last_time, order_lines, units,"
            + " units_returned, gross_revenue, returned_revenue, revenue, is_complete",
        "SELECT * REPLACE (split_part(order_key, 'line:', 1) || if(order_key LIKE 'line:%', 'line',"
            + " '') AS order_key, epoch_ms(first_time) AS first_time, epoch_ms(last_time) AS"
            + " last_time, "
            + money("gross_revenue", "returned_revenue", "revenue")
            + ") FROM "
            + orders,
        AnalystSql.orders(last.toString()));
    duck.assertSame(
        "first orders, " + seed,
        "dt, user_id, first_time",
        "SELECT dt, user_id, epoch_ms(first_time) AS first_time FROM "
            + orders
            + " WHERE is_first_order",
        AnalystSql.firstOrders());
    assertThat(
            duck.rows(
                "SELECT dt, order_key FROM "
                    + orders
                    + " GROUP BY ALL HAVING count(*) > 1 OR any_value(is_first_order IS NULL) <>"
                    + " any_value(user_id IS NULL)"))
        .as("orders that are not one, %s", seed)
        .isEmpty();
  }

  private static void compareProducts(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    duck.assertSame(
        "product_performance, " + seed,
        "dt, product_id, views, view_sessions, cart_sessions, purchase_sessions, view_to_cart,"
            + " cart_to_purchase, units_sold, units_returned, return_rate, revenue, units_7d,"
            + " units_28d, days_since_last_sale",
        "SELECT * REPLACE (" + money("revenue") + ") FROM " + table(local, "product_performance"),
        AnalystSql.productPerformance(RandomVisits.FIRST.toString()));
  }

  private static void compareDwell(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    var dwell = table(local, "dwell");
    duck.assertSame(
        "dwell, " + seed,
        "dt, category_code, device, sessions, seconds",
        "FROM " + dwell,
        AnalystSql.dwell());
    assertThat(
            duck.rows(
                "SELECT dt, category_code, device, median_seconds, median FROM "
                    + dwell
                    + " JOIN ("
                    + AnalystSql.dwell()
                    + ") USING (dt, category_code, device) WHERE abs(median_seconds - median) > median"
                    + " / 1000"))
        .as("medians that are off, %s", seed)
        .isEmpty();
  }

  private static void compareUserFunnel(
      DuckDb duck, LocalWarehouse local, int windowDays, String seed) throws SQLException {
    var funnels = table(local, "user_funnel");
    var expected =
        AnalystSql.userFunnel("view_cart_purchase", windowDays, null)
            + " UNION ALL FROM ("
            + AnalystSql.userFunnel("quick", windowDays, QUICK)
            + ")";
    duck.execute("CREATE OR REPLACE TABLE user_funnel AS FROM (" + expected + ")");
    duck.assertSame(
        "user_funnel, " + seed,
        "dt, funnel, window_days, step, users, drop_off, conversion_from_previous,"
            + " conversion_from_first",
        "FROM " + funnels,
        "FROM user_funnel");
    var isOff = "coalesce(abs(%1$s - %2$s) > %2$s / 1000, (%1$s IS NULL) <> (%2$s IS NULL))";
    assertThat(
            duck.rows(
                "SELECT dt, funnel, step, median_seconds_from_previous, median,"
                    + " p90_seconds_from_previous, p90 FROM "
                    + funnels
                    + " JOIN user_funnel USING (dt, funnel, step) WHERE "
                    + isOff.formatted("median_seconds_from_previous", "median")
                    + " OR "
                    + isOff.formatted("p90_seconds_from_previous", "p90")))
        .as("times that are off, %s", seed)
        .isEmpty();
  }

  private static void compareCohorts(DuckDb duck, LocalWarehouse local, LocalDate day, String seed)
      throws SQLException {
    duck.assertSame(
        "cohorts, " + seed,
        "dt, cohort, months_since, customers, active_customers, orders, revenue, retention,"
            + " is_complete",
        "SELECT * REPLACE ("
            + money("revenue")
            + ") FROM "
            + table(local, "cohorts")
            + " WHERE dt = '"
            + day
            + "'",
        AnalystSql.cohorts(day.toString()));
  }

  private static void compareIdentities(
      DuckDb duck, LocalWarehouse local, LocalDate day, String seed) throws SQLException {
    duck.assertSame(
        "identities, " + seed,
        "dt, visitor_id, user_id, first_time, last_time, sessions",
        "SELECT * REPLACE (epoch_ms(first_time) AS first_time, epoch_ms(last_time) AS last_time) FROM "
            + table(local, "identities")
            + " WHERE dt = '"
            + day
            + "'",
        AnalystSql.identities(day.toString()));
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
