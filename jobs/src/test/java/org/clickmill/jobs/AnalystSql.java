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

  /** Sessions by where their visitors came from. */
  public static String traffic() {
    var from =
        "SELECT session_number, traffic_source, campaign, device, country FROM session_events QUALIFY"
            + " row_number() OVER (PARTITION BY session_number ORDER BY traffic_source IS NULL AND"
            + " campaign IS NULL, number) = 1";
    return "SELECT dt, coalesce(traffic_source, '(none)') AS traffic_source, coalesce(campaign,"
        + " '(none)') AS campaign, coalesce(device, '(none)') AS device, coalesce(country, '(none)')"
        + " AS country, count(*) AS sessions, count(*) FILTER (is_bounce) AS bounces, count(*) FILTER"
        + " (has_purchase) AS sessions_with_purchase, sum(orders)::BIGINT AS orders,"
        + " sum(revenue)::HUGEINT AS revenue FROM ("
        + SessionSql.sessions()
        + ") JOIN ("
        + from
        + ") USING (session_number) GROUP BY ALL";
  }

  /**
   * Orders on their first day, but for which is the first of a customer. Those of one line are all
   * called line.
   *
   * @param lastDay of the warehouse
   */
  public static String orders(String lastDay) {
    var onFirstDay = "kind = 'sold' AND dt::DATE = first_day";
    return orderLines()
        + " SELECT first_day::VARCHAR AS dt, CASE order_key[1] WHEN 'order' THEN 'order:' ||"
        + " order_key[2] WHEN 'session' THEN 'session:' || strlen(order_key[2]) || ':' ||"
        + " order_key[2] || ':' || order_key[3] ELSE 'line' END AS order_key, order_id, user_id,"
        + " coalesce(visitor_id, user_id, user_session) AS visitor, * EXCLUDE (order_key, first_day,"
        + " order_id, user_id, visitor_id, user_session), first_day < DATE '"
        + lastDay
        + "' AS is_complete FROM (SELECT order_key, first_day, any_value(order_id) AS order_id,"
        + " last(user_id ORDER BY event_time, user_id) FILTER (user_id IS NOT NULL AND "
        + onFirstDay
        + ") AS user_id, last(visitor_id ORDER BY event_time, visitor_id NULLS FIRST, user_session"
        + " NULLS FIRST) FILTER ("
        + onFirstDay
        + ") AS visitor_id, last(user_session ORDER BY event_time, visitor_id NULLS FIRST,"
        + " user_session NULLS FIRST) FILTER ("
        + onFirstDay
        + ") AS user_session, min(event_time) FILTER (kind = 'sold') AS first_time, max(event_time)"
        + " FILTER (kind = 'sold') AS last_time, count(*) FILTER (kind = 'sold') AS order_lines,"
        + " sum(quantity) FILTER (kind = 'sold')::BIGINT AS units, coalesce(sum(abs(quantity))"
        + " FILTER (kind = 'returned'), 0)::BIGINT AS units_returned, sum(value) FILTER (kind ="
        + " 'sold')::HUGEINT AS gross_revenue, coalesce(-sum(value) FILTER (kind = 'returned'),"
        + " 0)::HUGEINT AS returned_revenue, sum(value)::HUGEINT AS revenue FROM order_lines GROUP BY"
        + " order_key, first_day)";
  }

  /** When the first order of each new customer began. */
  public static String firstOrders() {
    return orderLines()
        + ", customers AS (SELECT order_key, first_day, last(user_id ORDER BY event_time, user_id)"
        + " FILTER (user_id IS NOT NULL AND dt::DATE = first_day) AS user_id, min(event_time) AS"
        + " first_time FROM order_lines WHERE kind = 'sold' GROUP BY order_key, first_day) SELECT"
        + " first_day::VARCHAR AS dt, user_id, min(first_time) AS first_time FROM customers JOIN"
        + " (SELECT user_id, min(dt)::DATE AS first_day FROM lines WHERE "
        + PURCHASE_LINE
        + " GROUP BY user_id) USING (user_id, first_day) GROUP BY ALL";
  }

  /** Lines with the first day of their order: a day with a sold line that is no second day. */
  private static String orderLines() {
    return "WITH RECURSIVE sold AS (SELECT DISTINCT order_key, dt::DATE AS day FROM lines WHERE kind"
        + " = 'sold'), begun AS (SELECT order_key, min(day) AS first_day FROM sold GROUP BY order_key"
        + " UNION ALL SELECT begun.order_key, min(day) FROM begun JOIN sold ON sold.order_key ="
        + " begun.order_key AND day > first_day + 1 GROUP BY begun.order_key, first_day), order_lines"
        + " AS (SELECT lines.*, first_day, CASE kind WHEN 'returned' THEN -abs(quantity) WHEN 'sold'"
        + " THEN quantity WHEN 'adjustment' THEN quantity ELSE 0 END * "
        + DuckDb.scaled("coalesce(price, 0)")
        + " AS value FROM begun JOIN lines ON lines.order_key = begun.order_key AND dt::DATE BETWEEN"
        + " first_day AND first_day + 1)";
  }

  /**
   * The funnel of views, carts and purchases over the visitors of the days up to each, with exact
   * quantiles.
   *
   * @param days how many
   * @param within in milliseconds, or null
   */
  public static String userFunnel(String funnel, int days, Long within) {
    var limit = within == null ? "" : " AND event_time - t1 <= " + within;
    var next =
        "(SELECT min(event_time) FROM followed e WHERE e.day = a.day AND e.key = a.key AND %s AND"
            + " event_time >= %s"
            + limit
            + ")";
    var bought = "event_type = 'purchase' AND quantity > 0";
    return "WITH followed AS (SELECT day, key, number, event_time, event_type, quantity FROM (SELECT"
        + " DISTINCT dt::DATE AS day FROM events) JOIN chained ON dt::DATE BETWEEN day - "
        + (days - 1)
        + " AND day WHERE key NOT LIKE 'n:%'), first AS (SELECT *, event_time AS t1 FROM followed"
        + " WHERE event_type = 'view'), second AS (SELECT a.*, "
        + next.formatted("event_type = 'cart'", "t1")
        + " AS t2 FROM first a), third AS (SELECT a.*, "
        + next.formatted(bought, "t2")
        + " AS t3 FROM second a), chosen AS (SELECT *, CASE WHEN t3 IS NOT NULL THEN 3 WHEN t2 IS NOT"
        + " NULL THEN 2 ELSE 1 END AS level FROM third QUALIFY row_number() OVER (PARTITION BY day,"
        + " key ORDER BY level DESC, number) = 1), taken AS (SELECT *, CASE WHEN level >= step THEN"
        + " CASE step WHEN 2 THEN t2 - t1 WHEN 3 THEN t3 - t2 END END AS spent FROM chosen, (SELECT"
        + " unnest([1, 2, 3]) AS step)), counted AS (SELECT day, step, count(*) FILTER (level >="
        + " step) AS users, "
        + quantile(0.5)
        + " AS median, "
        + quantile(0.9)
        + " AS p90 FROM taken GROUP BY day, step) SELECT day::VARCHAR AS dt, '"
        + funnel
        + "' AS funnel, "
        + days
        + " AS window_days, step, users, coalesce(before - users, 0) AS drop_off, users::DOUBLE /"
        + " nullif(before, 0)::DOUBLE AS conversion_from_previous, users::DOUBLE / entered::DOUBLE AS"
        + " conversion_from_first, median, p90 FROM (SELECT *, lag(users) OVER (PARTITION BY day ORDER"
        + " BY step) AS before, first(users) OVER (PARTITION BY day ORDER BY step) AS entered FROM"
        + " counted)";
  }

  private static String quantile(double p) {
    return "(list_sort(list(spent) FILTER (spent IS NOT NULL)))[ceil("
        + p
        + " * count(spent))::INTEGER] / 1000.0::DOUBLE";
  }

  /** The time that sessions spent, with the exact median. */
  public static String dwell() {
    return "SELECT session_dt AS dt, category_code, device, count(*) AS sessions, sum(spent)::BIGINT"
        + " // 1000 AS seconds, list_sort(list(spent))[ceil(0.5 * count(*))::INTEGER] /"
        + " 1000.0::DOUBLE AS median FROM (SELECT session_dt, session_number, coalesce(category_code,"
        + " '(none)') AS category_code, coalesce(device, '(none)') AS device, sum(next - event_time)"
        + " AS spent FROM (SELECT *, lead(event_time) OVER (PARTITION BY session_number ORDER BY"
        + " number) AS next FROM session_events) WHERE next IS NOT NULL GROUP BY session_dt,"
        + " session_number, coalesce(category_code, '(none)'), coalesce(device, '(none)')) GROUP BY"
        + " ALL";
  }

  /**
   * How products do.
   *
   * @param firstDay of the warehouse
   */
  public static String productPerformance(String firstDay) {
    var sales = "(" + DuckDb.sales("0", "dt", "product_id") + ")";
    var visits =
        "SELECT dt, product_id, session_number, count(*) AS events, count(*) FILTER (event_type ="
            + " 'view') AS views, min(event_time) FILTER (event_type = 'view') AS viewed,"
            + " min(event_time) FILTER (event_type = 'cart') AS carted, max(event_time) FILTER"
            + " (event_type = 'cart') AS last_carted, max(event_time) FILTER (event_type = 'purchase'"
            + " AND quantity > 0) AS bought FROM session_events WHERE product_id IS NOT NULL GROUP BY"
            + " dt, product_id, session_number";
    var days =
        "SELECT dt, product_id, sum(views)::BIGINT AS views, count(viewed) AS view_sessions,"
            + " count(carted) AS cart_sessions, count(bought) AS purchase_sessions, count(*) FILTER"
            + " (last_carted >= viewed) AS view_carts, count(*) FILTER (bought >= carted) AS"
            + " cart_purchases FROM ("
            + visits
            + ") GROUP BY dt, product_id";
    var windows =
        "SELECT day::VARCHAR AS dt, product_id, coalesce(sum(units_sold) FILTER (sold_on > day - 7),"
            + " 0)::BIGINT AS units_7d, coalesce(sum(units_sold) FILTER (sold_on > day - 28),"
            + " 0)::BIGINT AS units_28d, day - max(sold_on) FILTER (order_lines > 0) AS"
            + " days_since_last_sale FROM (SELECT DISTINCT dt::DATE AS day FROM events) JOIN (SELECT"
            + " dt::DATE AS sold_on, value AS product_id, units_sold, order_lines FROM "
            + sales
            + " WHERE value IS NOT NULL) ON sold_on BETWEEN day - 28 AND day GROUP BY day, product_id";
    return "SELECT dt, product_id, coalesce(views, 0) AS views, coalesce(view_sessions, 0) AS"
        + " view_sessions, coalesce(cart_sessions, 0) AS cart_sessions, coalesce(purchase_sessions,"
        + " 0) AS purchase_sessions, view_carts::DOUBLE / nullif(view_sessions, 0)::DOUBLE AS"
        + " view_to_cart, cart_purchases::DOUBLE / nullif(cart_sessions, 0)::DOUBLE AS"
        + " cart_to_purchase, coalesce(units_sold, 0) AS units_sold, coalesce(units_returned, 0) AS"
        + " units_returned, units_returned::DOUBLE / nullif(units_sold, 0)::DOUBLE AS return_rate,"
        + " coalesce(revenue, 0) AS revenue, if(n >= 7, coalesce(units_7d, 0), NULL) AS units_7d,"
        + " if(n >= 28, coalesce(units_28d, 0), NULL) AS units_28d, days_since_last_sale FROM (SELECT"
        + " *, dt::DATE - DATE '"
        + firstDay
        + "' + 1 AS n FROM ("
        + days
        + ") FULL JOIN (SELECT * FROM ("
        + windows
        + ")) USING (dt, product_id)) LEFT JOIN (SELECT dt, value AS product_id, units_sold,"
        + " units_returned, revenue FROM "
        + sales
        + ") USING (dt, product_id) WHERE view_sessions IS NOT NULL OR days_since_last_sale IS NOT"
        + " NULL";
  }

  /**
   * Visitors and the users that they turned out to be.
   *
   * @param dt the day of the snapshot
   */
  public static String identities(String dt) {
    return "SELECT '"
        + dt
        + "' AS dt, key[3:] AS visitor_id, user_id, min(start_time) AS first_time, max(end_time) AS"
        + " last_time, count(*) AS sessions FROM ("
        + SessionSql.sessions()
        + ") WHERE key LIKE 'v:%' AND user_id IS NOT NULL GROUP BY ALL";
  }

  /**
   * The customers who first bought in a month, in each month since.
   *
   * @param dt the day of the snapshot
   */
  public static String cohorts(String dt) {
    var last = "DATE '" + dt + "'";
    return "WITH bought AS (SELECT *, dt::DATE AS day FROM lines WHERE user_id IS NOT NULL AND"
        + " dt <= '"
        + dt
        + "'), firsts AS (SELECT user_id, min(day) AS first_day FROM bought WHERE "
        + PURCHASE_LINE
        + " GROUP BY user_id), facts AS (SELECT date_trunc('month', first_day)::DATE AS cohort,"
        + " datediff('month', first_day, day) AS months_since, * FROM bought JOIN firsts USING"
        + " (user_id) WHERE day >= first_day), sizes AS (SELECT date_trunc('month',"
        + " first_day)::DATE AS cohort, count(*) AS customers FROM firsts GROUP BY ALL), cells AS"
        + " (SELECT cohort, customers, unnest(range(0, datediff('month', cohort, "
        + last
        + ") + 1)) AS months_since FROM sizes), buyers AS (SELECT cohort, months_since,"
        + " count(DISTINCT user_id) AS active_customers FROM facts WHERE "
        + PURCHASE_LINE
        + " GROUP BY ALL), ordered AS (SELECT cohort, months_since, sum(orders) AS orders FROM"
        + " (SELECT cohort, months_since, day, user_id, count(DISTINCT order_key) AS orders FROM"
        + " facts WHERE "
        + PURCHASE_LINE
        + " GROUP BY ALL) GROUP BY ALL), earned AS (SELECT cohort, months_since, sum(CASE kind WHEN"
        + " 'returned' THEN -abs(quantity) WHEN 'sold' THEN quantity WHEN 'adjustment' THEN quantity"
        + " ELSE 0 END * "
        + DuckDb.scaled("coalesce(price, 0)")
        + ")::HUGEINT AS revenue FROM facts GROUP BY ALL) SELECT '"
        + dt
        + "' AS dt, cohort, months_since, customers, coalesce(active_customers, 0) AS"
        + " active_customers, coalesce(orders, 0)::BIGINT AS orders, coalesce(revenue, 0) AS revenue,"
        + " coalesce(active_customers, 0)::DOUBLE / customers::DOUBLE AS retention,"
        + " last_day((cohort + to_months(months_since::INTEGER))::DATE) <= "
        + last
        + " AS is_complete FROM cells LEFT JOIN buyers USING (cohort, months_since) LEFT JOIN ordered"
        + " USING (cohort, months_since) LEFT JOIN earned USING (cohort, months_since)";
  }
}
