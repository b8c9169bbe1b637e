package org.clickmill.jobs;

/**
 * The analyst's tables in SQL over {@code events}, {@code lines} and {@code session_events}, as
 * {@link DuckDb} and {@link SessionSql} define them. Money is whole ten-thousandths.
 */
public final class AnalystSql {
  private static final String PURCHASE_LINE =
      "event_type = 'purchase' AND quantity > 0 AND price >= 0";

  private AnalystSql() {}

  /** A customer with any line on a day, and when the customer bought before. */
  public static String customerActivity() {
    return "SELECT *, min(bought) OVER (PARTITION BY user_id ORDER BY dt ROWS UNBOUNDED PRECEDING)"
        + " AS first_day, max(bought) OVER (PARTITION BY user_id ORDER BY dt ROWS BETWEEN UNBOUNDED"
        + " PRECEDING AND 1 PRECEDING) AS previous_day FROM (SELECT *, CASE WHEN purchase_lines > 0"
        + " THEN dt::DATE END AS bought FROM ("
        + SuiteSql.customerDays()
        + "))";
  }

  /** The day at a glance. */
  public static String dailySummary() {
    return "WITH first_lines AS (SELECT user_id, min(dt) AS dt FROM lines WHERE user_id IS NOT NULL"
        + " AND "
        + PURCHASE_LINE
        + " GROUP BY user_id), buyers AS (SELECT dt, count(DISTINCT user_id) AS customers FROM lines"
        + " WHERE "
        + PURCHASE_LINE
        + " GROUP BY dt), new_buyers AS (SELECT dt, count(*) AS new_customers FROM first_lines GROUP"
        + " BY dt), visits AS (SELECT dt, count(*) AS sessions, count(*) FILTER (is_bounce) AS"
        + " bounces, count(*) FILTER (EXISTS (SELECT 1 FROM session_events e WHERE"
        + " e.session_number = s.session_number AND event_type = 'purchase' AND quantity > 0)) AS"
        + " buying, sum(revenue) AS session_revenue, bool_and(is_complete) AS mature FROM ("
        + SessionSql.sessions()
        + ") s GROUP BY dt), totals AS (SELECT dt, count(*) AS events, count(*) FILTER (event_type ="
        + " 'view') AS views, count(DISTINCT visitor) AS visitors FROM events GROUP BY dt), sold AS ("
        + DuckDb.sales("0", "dt", "''")
        + ") SELECT totals.*, coalesce(sessions, 0) AS sessions, coalesce(bounces, 0) AS bounces,"
        + " bounces::DOUBLE / sessions::DOUBLE AS bounce_rate, coalesce(buyers.customers, 0) AS"
        + " customers, coalesce(new_customers, 0) AS new_customers, coalesce(buyers.customers, 0) -"
        + " coalesce(new_customers, 0) AS returning_customers, coalesce(sold.orders, 0) AS orders,"
        + " buying::DOUBLE / sessions::DOUBLE AS conversion, coalesce(sold.revenue, 0) AS revenue,"
        + " average_order_value, half_even_any(session_revenue, sessions) AS revenue_per_session,"
        + " coalesce(mature, true) AS mature FROM totals LEFT JOIN visits USING (dt) LEFT JOIN buyers"
        + " USING (dt) LEFT JOIN new_buyers USING (dt) LEFT JOIN sold USING (dt)";
  }
}
