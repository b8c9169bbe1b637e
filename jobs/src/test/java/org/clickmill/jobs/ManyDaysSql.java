package org.clickmill.jobs;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What SQL says of the tables that are made from windows of days. */
final class ManyDaysSql {
  private final DuckDb duck;
  private final LocalWarehouse local;
  private final String seed;

  /**
   * @param duck has the events
   */
  ManyDaysSql(DuckDb duck, LocalWarehouse local, String seed) {
    this.duck = duck;
    this.local = local;
    this.seed = seed;
  }

  void compareTrending(List<LocalDate> days, int window) throws SQLException {
    duck.assertSame(
        "trending of " + window + " days, " + seed,
        "dt, rank, product_id, views, views_before, views_delta, growth, is_new, score, visitors",
        "SELECT * FROM " + table("trending") + " WHERE window_days = " + window,
        ofEach(days, day -> SuiteSql.trending(day, window)));
  }

  void compareSalesTrend(List<LocalDate> days, String suffix, String value) throws SQLException {
    var money =
        Stream.of(
                "revenue",
                "revenue_average_7d",
                "revenue_average_28d",
                "revenue_same_day_last_week")
            .map(column -> DuckDb.scaled(column) + " AS " + column)
            .collect(Collectors.joining(", "));
    duck.assertSame(
        "sales_trend" + suffix + ", " + seed,
        "dt, value, revenue, revenue_average_7d, revenue_average_28d, revenue_same_day_last_week,"
            + " orders, orders_average_7d, orders_average_28d",
        "SELECT * REPLACE (%s)%s FROM %s"
            .formatted(
                money, suffix.isEmpty() ? ", '' AS value" : "", table("sales_trend" + suffix)),
        ofEach(days, day -> SuiteSql.salesTrend(day, value, days.get(0).toString())));
  }

  void compareInteractionsDays() throws SQLException {
    duck.assertSame(
        "interactions_days, " + seed,
        "dt, user_id, product_id, views, carts, removes, purchases, returns",
        "SELECT * FROM " + table("interactions_days"),
        pairs("dt, user_id, product_id", "true"));
  }

  void compareInteractions(int windowDays, List<LocalDate> snapshots) throws SQLException {
    var days = "(SELECT unnest(" + list(snapshots) + ") AS day)";
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

  private static String list(List<LocalDate> days) {
    return days.stream().map("DATE '%s'"::formatted).toList().toString();
  }

  private static String ofEach(List<LocalDate> days, UnaryOperator<String> sql) {
    return days.stream()
        .map(day -> "(" + sql.apply(day.toString()) + ")")
        .collect(Collectors.joining(" UNION ALL "));
  }

  private String table(String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
