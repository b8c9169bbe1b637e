package org.clickmill.jobs;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** What SQL says of the tables that are made from windows of days. */
final class ManyDaysSql {
  private final DuckDb duck;
  private final LocalWarehouse local;
  private final String seed;

  /**
   * @param duck has the events, and a table {@code days} of all days
   */
  ManyDaysSql(DuckDb duck, LocalWarehouse local, String seed) {
    this.duck = duck;
    this.local = local;
    this.seed = seed;
  }

  void compareTrending(int shorter, int longer) throws SQLException {
    var counts =
        """
        SELECT strftime(day, '%%Y-%%m-%%d') AS dt, w AS window_days, product_id,
          count(*) FILTER (dt::DATE > day - w) AS views,
          count(*) FILTER (dt::DATE <= day - w) AS views_before,
          count(DISTINCT visitor) FILTER (dt::DATE > day - w) AS visitors
        FROM known, days, (SELECT unnest([%s, %s])::INTEGER AS w)
        WHERE event_type = 'view' AND product_id IS NOT NULL
          AND dt::DATE <= day AND dt::DATE > day - 2 * w
        GROUP BY ALL"""
            .formatted(shorter, longer);
    var scores =
        """
        SELECT *, views - views_before AS views_delta,
          CASE WHEN views_before > 0 THEN views::DOUBLE / views_before - 1 END AS growth,
          views > 0 AND views_before = 0 AS is_new,
          (views - views_before)::DOUBLE / sqrt((views + views_before + 25)::DOUBLE) AS score
        FROM (%s)"""
            .formatted(counts);
    duck.assertSame(
        "trending, " + seed,
        "dt, window_days, rank, product_id, views, views_before, views_delta, growth, is_new,"
            + " score, visitors",
        "SELECT * FROM " + table("trending"),
        "SELECT *, row_number() OVER (PARTITION BY dt, window_days ORDER BY score DESC, product_id)"
            + " AS rank FROM ("
            + scores
            + ")");
  }

  void compareSalesTrend(String suffix, String value) throws SQLException {
    var expected =
        """
        SELECT strftime(day, '%%Y-%%m-%%d') AS dt, value,
          %s AS revenue,
          %s AS orders,
          CASE WHEN known_days >= 7 THEN %s END AS revenue_average_7d,
          CASE WHEN known_days >= 28 THEN %s END AS revenue_average_28d,
          CASE WHEN known_days > 7 THEN %s END AS revenue_same_day_last_week,
          CASE WHEN known_days >= 7 THEN (%s)::DOUBLE / 7 END AS orders_average_7d,
          CASE WHEN known_days >= 28 THEN (%s)::DOUBLE / 28 END AS orders_average_28d
        FROM (%s) AS sales, (SELECT day, day - DATE '%s' + 1 AS known_days FROM days)
        WHERE dt::DATE <= day AND dt::DATE > day - 28 GROUP BY day, known_days, value"""
            .formatted(
                sum("revenue", "dt::DATE = day"),
                sum("orders", "dt::DATE = day"),
                average(7),
                average(28),
                sum("revenue", "dt::DATE = day - 7"),
                sum("orders", "dt::DATE > day - 7"),
                sum("orders", "true"),
                DuckDb.sales("0::BIGINT", "dt", value),
                RandomDays.FIRST);
    var ours =
        "SELECT dt, orders, orders_average_7d, orders_average_28d, "
            + (suffix.isEmpty() ? "''" : "value")
            + " AS value, "
            + scaled("revenue")
            + ", "
            + scaled("revenue_average_7d")
            + ", "
            + scaled("revenue_average_28d")
            + ", "
            + scaled("revenue_same_day_last_week")
            + " FROM "
            + table("sales_trend" + suffix);
    duck.assertSame(
        "sales_trend" + suffix + ", " + seed,
        "dt, value, revenue, revenue_average_7d, revenue_average_28d, revenue_same_day_last_week,"
            + " orders, orders_average_7d, orders_average_28d",
        ours,
        expected);
  }

  void compareInteractionsDays() throws SQLException {
    duck.assertSame(
        "interactions_days, " + seed,
        "dt, user_id, product_id, views, carts, removes, purchases, returns",
        "SELECT * FROM " + table("interactions_days"),
        pairs("dt, user_id, product_id", "true"));
  }

  void compareInteractions(int windowDays, List<LocalDate> snapshots) throws SQLException {
    var days = "(SELECT unnest(" + ManyDaysTest.list(snapshots) + ") AS day)";
    duck.execute(
        """
        CREATE TABLE pairs AS SELECT strftime(day, '%%Y-%%m-%%d') AS dt, user_id, product_id,
          (views * 1e-1 + removes * -7e-1 + purchases * 53e-1)::FLOAT AS rating FROM (%s)
        WHERE views + removes + purchases > 0"""
            .formatted(
                pairs(
                    "day, user_id, product_id",
                    "dt::DATE <= day AND dt::DATE > day - " + windowDays,
                    days)));
    duck.assertSame(
        "interactions, " + seed,
        "dt, user_id, product_id, user_index, product_index, rating",
        "SELECT * FROM " + table("interactions"),
        "SELECT *, dense_rank() OVER (PARTITION BY dt ORDER BY user_id) - 1 AS user_index,"
            + " dense_rank() OVER (PARTITION BY dt ORDER BY product_id) - 1 AS product_index"
            + " FROM pairs");
    compareDictionary("user");
    compareDictionary("product");
  }

  private void compareDictionary(String kind) throws SQLException {
    duck.assertSame(
        "interactions_" + kind + "s, " + seed,
        "dt, %1$s_id, %1$s_index".formatted(kind),
        "SELECT * FROM " + table("interactions_" + kind + "s"),
        ("SELECT *, row_number() OVER (PARTITION BY dt ORDER BY %1$s_id) - 1 AS %1$s_index"
                + " FROM (SELECT DISTINCT dt, %1$s_id FROM pairs)")
            .formatted(kind));
  }

  private static String pairs(String key, String condition) {
    return pairs(key, condition, "(SELECT 1)");
  }

  private static String pairs(String key, String condition, String days) {
    return """
        SELECT %s, count(*) FILTER (event_type = 'view') AS views,
          count(*) FILTER (event_type = 'cart') AS carts,
          count(*) FILTER (event_type = 'remove_from_cart') AS removes,
          count(*) FILTER (event_type = 'purchase') AS purchases,
          count(*) FILTER (event_type = 'return') AS returns
        FROM known, %s AS snapshots
        WHERE user_id IS NOT NULL AND product_id IS NOT NULL AND %s GROUP BY ALL"""
        .formatted(key, days, condition);
  }

  private static String sum(String column, String condition) {
    return "coalesce(sum(%s) FILTER (%s), 0)::HUGEINT".formatted(column, condition);
  }

  /** Rounding half-even is the same on both sides of 0. */
  private static String average(int days) {
    var sum = sum("revenue", "dt::DATE > day - " + days);
    return "sign(%1$s) * half_even(abs(%1$s), %2$s)".formatted(sum, days);
  }

  private static String scaled(String money) {
    return DuckDb.scaled(money) + " AS " + money;
  }

  private String table(String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
