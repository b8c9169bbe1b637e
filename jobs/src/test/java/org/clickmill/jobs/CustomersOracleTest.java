package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.clickmill.formats.warehouse.Publication.Outcome;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the tables of customers, over random days, equals what SQL says of the files. */
final class CustomersOracleTest {
  private static final int DAYS = 14;

  private static final String PURCHASE = "event_type = 'purchase' AND quantity > 0 AND price >= 0";
  private static final String VALUE =
      "CASE kind WHEN 'sold' THEN 1 WHEN 'adjustment' THEN 1 WHEN 'returned' THEN -1 ELSE 0 END * "
          + DuckDb.scaled("price")
          + " * CASE kind WHEN 'returned' THEN abs(quantity) ELSE quantity END";

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var input = folder.resolve("input");
    new RandomDays(seed).write(input, DAYS);
    var random = new Random(seed);
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.clv.holdout-weeks", 1)
            .set("clickmill.split.count", random.nextInt(5))
            .set("clickmill.reducers", random.nextInt(4));
    local.importFiles(input, "clickmill");
    local.compact();
    var tables = new CustomerTables(local);
    tables.days();
    var last = RandomDays.FIRST.plusDays(DAYS - 1L);
    var middle = RandomDays.FIRST.plusDays(DAYS - 2L - random.nextInt(4));
    assertThat(tables.startOf(last)).as("seed %d", seed).isNull();
    tables.snapshots(last);
    tables.snapshots(middle);
    var outcome = tables.clv(middle, last);

    assertThat(outcome.partitions()).as("seed %d", seed).hasSize(6);
    assertThat(outcome.warnings())
        .as("seed %d", seed)
        .hasSize(4)
        .allMatch(warning -> warning.contains(" has no model: BG/NBD: "));
    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      compareDays(duck, local, seed);
      compareSnapshots(duck, local, seed);
      compareScores(duck, local, seed);
      compareHoldout(duck, local, seed);
      assertNoModel(duck, local);
    }
    // The snapshot came of all days; now it comes of an older one, and is the same.
    assertThat(tables.startOf(last)).as("seed %d", seed).isEqualTo(middle);
    assertThat(tables.snapshots(last))
        .as("seed %d", seed)
        .allMatch(publication -> publication.outcome() == Outcome.RENEWED);
  }

  private static void compareDays(DuckDb duck, LocalWarehouse local, long seed)
      throws SQLException {
    duck.execute(
        "CREATE TABLE days AS SELECT dt, user_id, count(DISTINCT order_key) FILTER ("
            + PURCHASE
            + ") AS orders, count(*) FILTER (kind = 'sold') AS order_lines, count(*) FILTER ("
            + PURCHASE
            + ") AS purchase_lines, coalesce(sum("
            + VALUE
            + ") FILTER (kind = 'sold'), 0)::HUGEINT AS gross_revenue, coalesce(sum("
            + VALUE
            + "), 0)::HUGEINT AS revenue, min(event_time) FILTER ("
            + PURCHASE
            + ") AS first_time, max(event_time) FILTER ("
            + PURCHASE
            + ") AS last_time FROM lines WHERE user_id IS NOT NULL GROUP BY ALL");
    duck.assertSame(
        "customer_days, seed " + seed,
        "dt, user_id, orders, order_lines, purchase_lines, gross_revenue, revenue, first_time,"
            + " last_time",
        "SELECT * REPLACE (epoch_ms(first_time) AS first_time, epoch_ms(last_time) AS last_time,"
            + money("gross_revenue")
            + ", "
            + money("revenue")
            + ") FROM "
            + table(local, "customer_days"),
        "SELECT * FROM days");
  }

  private static void compareSnapshots(DuckDb duck, LocalWarehouse local, long seed)
      throws SQLException {
    duck.execute(
        "CREATE TABLE snapshots AS SELECT s.dt, user_id, sum(orders)::BIGINT AS orders,"
            + " count(*) FILTER (purchase_lines > 0) AS purchase_days,"
            + " min(d.dt::DATE) FILTER (purchase_lines > 0) AS first_day,"
            + " max(d.dt::DATE) FILTER (purchase_lines > 0) AS last_day,"
            + " sum(gross_revenue)::HUGEINT AS gross_revenue, sum(revenue)::HUGEINT AS revenue,"
            + " coalesce(sum(revenue) FILTER (purchase_lines > 0), 0)::HUGEINT"
            + " AS purchase_day_revenue,"
            + " coalesce(first(revenue ORDER BY d.dt) FILTER (purchase_lines > 0), 0)::HUGEINT"
            + " AS first_day_revenue, max(purchase_lines) = 0 AS returns_only"
            + " FROM days d, (SELECT DISTINCT dt FROM "
            + table(local, "customers")
            + ") s WHERE d.dt <= s.dt GROUP BY ALL");
    duck.assertSame(
        "customers, seed " + seed,
        "dt, user_id, orders, purchase_days, first_day, last_day, gross_revenue, revenue,"
            + " purchase_day_revenue, first_day_revenue, returns_only",
        "SELECT * REPLACE ("
            + money("gross_revenue")
            + ", "
            + money("revenue")
            + ", "
            + money("purchase_day_revenue")
            + ", "
            + money("first_day_revenue")
            + ") FROM "
            + table(local, "customers"),
        "SELECT * FROM snapshots");
  }

  private static void compareScores(DuckDb duck, LocalWarehouse local, long seed)
      throws SQLException {
    duck.execute(
        "CREATE TABLE valued AS SELECT dt, user_id, purchase_days - 1 AS frequency,"
            + " last_day - first_day AS days_first_to_last_purchase,"
            + " dt::DATE - first_day AS age_days, dt::DATE - last_day AS days_since_last_purchase,"
            + " sign(purchase_day_revenue - first_day_revenue) * half_even(abs(purchase_day_revenue"
            + " - first_day_revenue), purchase_days - 1)"
            + " AS monetary_value, revenue, orders FROM snapshots WHERE NOT returns_only");
    duck.assertSame(
        "clv, seed " + seed,
        "dt, user_id, frequency, days_first_to_last_purchase, age_days, days_since_last_purchase,"
            + " monetary_value, revenue, orders, rfm_recency, rfm_frequency, rfm_monetary",
        "SELECT * REPLACE ("
            + money("monetary_value")
            + ", "
            + money("revenue")
            + ") FROM "
            + table(local, "clv"),
        "SELECT *, "
            + score("days_since_last_purchase DESC")
            + " AS rfm_recency, "
            + score("frequency")
            + " AS rfm_frequency, "
            + score("revenue")
            + " AS rfm_monetary FROM valued");
  }

  /** Too few to fit: what happened in the last week is known, what was expected of it is not. */
  private static void compareHoldout(DuckDb duck, LocalWarehouse local, long seed)
      throws SQLException {
    duck.execute(
        "CREATE TABLE holdout AS SELECT s.dt, user_id, count(*) FILTER (d.dt::DATE <= s.dt::DATE - 7)"
            + " AS before, count(*) FILTER (d.dt::DATE > s.dt::DATE - 7) AS after FROM days d,"
            + " (SELECT DISTINCT dt FROM "
            + table(local, "customers")
            + ") s WHERE d.dt <= s.dt AND purchase_lines > 0 GROUP BY ALL");
    duck.assertSame(
        "clv_calibration, seed " + seed,
        "dt, cohort, frequency, week, first_day, customers, actual_purchases, expected_purchases",
        "FROM " + table(local, "clv_calibration"),
        "SELECT dt, NULL::DATE AS cohort, least(before - 1, 7) AS frequency, 1 AS week,"
            + " dt::DATE - 6 AS first_day, count(*) AS customers, sum(after) AS actual_purchases,"
            + " NULL::DOUBLE AS expected_purchases FROM holdout WHERE before > 0 GROUP BY ALL");
  }

  /** So few customers are not fitted: the model columns are NULL, and clv_model says why. */
  private static void assertNoModel(DuckDb duck, LocalWarehouse local) throws SQLException {
    assertThat(
            duck.rows(
                "SELECT count(*) FROM "
                    + table(local, "clv")
                    + " WHERE coalesce(probability_alive, expected_purchases, expected_value, clv)"
                    + " IS NOT NULL OR segment IS NULL"))
        .containsExactly(List.of("0"));
    assertThat(
            duck.rows(
                "SELECT count(*), bool_or(converged), count(r), count(p), bool_and(reason LIKE"
                    + " 'BG/NBD: % repeat customers, fewer than 10; Gamma-Gamma: %') FROM "
                    + table(local, "clv_model")))
        .containsExactly(List.of("2", "false", "0", "0", "true"));
  }

  /** 1 + ⌊5 · customers strictly worse / customers⌋, worst first. */
  private static String score(String order) {
    return "1 + 5 * (rank() OVER (PARTITION BY dt ORDER BY "
        + order
        + ") - 1) // count(*) OVER (PARTITION BY dt)";
  }

  private static String money(String column) {
    return DuckDb.scaled(column) + " AS " + column;
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
