package org.clickmill.jobs;

import java.sql.SQLException;

/** Sessions and funnels in SQL, over {@code known} as {@link DuckDb} defines it. */
public final class SessionSql {
  private static final String PURCHASED = "event_type = 'purchase' AND quantity > 0";

  private SessionSql() {}

  /**
   * Makes {@code session_events}: every known event with its session, which {@code session_number}
   * names.
   *
   * @param firstMissingDay the day after the last sealed one
   */
  public static void define(DuckDb duck, String firstMissingDay) throws SQLException {
    duck.execute(
        "CREATE OR REPLACE TABLE keyed AS SELECT *, CASE WHEN visitor_id IS NOT NULL THEN 'v:' ||"
            + " visitor_id WHEN user_id IS NOT NULL THEN 'u:' || user_id WHEN user_session IS NOT"
            + " NULL THEN 's:' || user_session ELSE 'n:' || number END AS key FROM known");
    duck.execute(
        "CREATE OR REPLACE TABLE chained AS SELECT *, count(*) FILTER (gap > 1800000) OVER"
            + " (PARTITION BY key ORDER BY number) AS chain FROM (SELECT *, event_time -"
            + " lag(event_time) OVER (PARTITION BY key ORDER BY number) AS gap FROM keyed)");
    duck.execute(
        "CREATE OR REPLACE TABLE starts AS WITH RECURSIVE found AS (SELECT key, chain,"
            + " min(event_time) AS start FROM chained GROUP BY ALL UNION ALL SELECT found.key,"
            + " found.chain, min(event_time) AS start FROM found JOIN chained ON chained.key ="
            + " found.key AND chained.chain = found.chain AND event_time > start + 86400000 GROUP BY"
            + " found.key, found.chain) SELECT *, row_number() OVER () AS session_number,"
            // What lies after the next day is no input of the day that the session began on.
            + " coalesce(lead(start) OVER (PARTITION BY key, chain ORDER BY start) < (start //"
            + " 86400000 + 2) * 86400000, false) AS cut FROM found");
    duck.execute(
        "CREATE OR REPLACE TABLE session_events AS SELECT chained.*, start, cut, session_number,"
            + " strftime(make_timestamp(start * 1000), '%Y-%m-%d') AS session_dt FROM chained ASOF"
            + " JOIN starts ON chained.key = starts.key AND chained.chain = starts.chain AND"
            + " chained.event_time >= starts.start");
    duck.execute(
        "CREATE OR REPLACE MACRO is_open(key, start, final) AS key[1] != 'n' AND final + 1800000 >="
            + " epoch_ms('"
            + firstMissingDay
            + "'::TIMESTAMP) AND start + 86400000 >= epoch_ms('"
            + firstMissingDay
            + "'::TIMESTAMP)");
  }

  /** Rows of sessions; money as whole ten-thousandths, times as milliseconds. */
  public static String sessions() {
    return "SELECT * EXCLUDE (cart_at, bought_at), bought_at AS purchase_time FROM (SELECT *, (SELECT"
        + " min(event_time) FROM session_events e WHERE e.session_number = s.session_number AND "
        + PURCHASED
        + " AND e.event_time >= cart_time) AS bought_at, 0 AS cart_at FROM (SELECT *, (SELECT"
        + " min(event_time) FROM session_events e WHERE e.session_number = b.session_number AND"
        + " event_type = 'cart' AND e.event_time >= view_time) AS cart_time FROM ("
        + base()
        + ") b) s)";
  }

  private static String base() {
    return "SELECT session_dt AS dt, session_number, key, first(visitor ORDER BY number) AS visitor,"
        + " last(user_id ORDER BY number) FILTER (user_id IS NOT NULL) AS user_id,"
        + " first(user_session ORDER BY number) FILTER (user_session IS NOT NULL) AS user_session,"
        + " min(event_time) AS start_time, max(event_time) AS end_time,"
        + " (max(event_time) - min(event_time)) // 1000 AS duration_seconds, count(*) AS events,"
        + " count(*) FILTER (event_type = 'view') AS views,"
        + " count(*) FILTER (event_type = 'cart') AS carts,"
        + " count(*) FILTER (event_type = 'remove_from_cart') AS removes,"
        + " count(*) FILTER (event_type = 'purchase') AS purchases,"
        + " coalesce(bool_or("
        + PURCHASED
        + "), false) AS has_purchase,"
        + " count(DISTINCT order_key) FILTER (kind = 'sold') AS orders,"
        + " coalesce(sum(CASE kind WHEN 'returned' THEN -abs(quantity) WHEN 'sold' THEN quantity"
        + " WHEN 'adjustment' THEN quantity ELSE 0 END * "
        + DuckDb.scaled("coalesce(price, 0)")
        + "), 0)::HUGEINT AS revenue, min(event_time) FILTER (event_type = 'view') AS view_time,"
        + " count(*) = 1 AS is_bounce, NOT is_open(key, min(start), max(event_time)) OR bool_or(cut)"
        + " AS is_complete, bool_or(cut) AS cut_at_24_hours,"
        + " first(product_id ORDER BY number) FILTER (product_id IS NOT NULL) AS entry_product_id,"
        + " last(product_id ORDER BY number) FILTER (product_id IS NOT NULL) AS exit_product_id"
        + " FROM session_events LEFT JOIN (SELECT number, kind, order_key FROM lines) USING (number)"
        + " GROUP BY session_dt, session_number, key";
  }

  /**
   * Rows of the ordered funnel of views, carts and purchases.
   *
   * @param funnel its name
   * @param window in milliseconds, or null
   * @param value SQL for the value of the first step's event, by which the funnel is broken down
   */
  public static String funnel(String funnel, Long window, String value) {
    var within = window == null ? "" : " AND event_time - t1 <= " + window;
    var entered =
        "SELECT session_dt AS dt, session_number, number, event_time AS t1, "
            + value
            + " AS value FROM session_events WHERE event_type = 'view'";
    var second =
        "SELECT a.*, (SELECT min(event_time) FROM session_events e WHERE e.session_number ="
            + " a.session_number AND event_type = 'cart' AND event_time >= t1"
            + within
            + ") AS t2 FROM ("
            + entered
            + ") a";
    var third =
        "SELECT b.*, (SELECT min(event_time) FROM session_events e WHERE e.session_number ="
            + " b.session_number AND "
            + PURCHASED
            + " AND event_time >= t2"
            + within
            + ") AS t3 FROM ("
            + second
            + ") b";
    var chosen =
        "SELECT *, CASE WHEN t3 IS NOT NULL THEN 3 WHEN t2 IS NOT NULL THEN 2 ELSE 1 END AS level"
            + " FROM ("
            + third
            + ") QUALIFY row_number() OVER (PARTITION BY session_number ORDER BY level DESC, number)"
            + " = 1";
    return "SELECT dt, '"
        + funnel
        + "' AS funnel, value, step, sessions, coalesce(previous - sessions, 0) AS drop_off,"
        + " sessions::DOUBLE / nullif(previous, 0)::DOUBLE AS conversion_from_previous,"
        + " sessions::DOUBLE / entered::DOUBLE AS conversion_from_first, median AS"
        + " median_seconds_from_previous, p90 AS p90_seconds_from_previous FROM (SELECT *,"
        + " lag(sessions) OVER (PARTITION BY dt, value ORDER BY step) AS previous, first(sessions)"
        + " OVER (PARTITION BY dt, value ORDER BY step) AS entered FROM (SELECT dt, value, step,"
        + " count(*) FILTER (level >= step) AS sessions, "
        + quantile(0.5)
        + " AS median, "
        + quantile(0.9)
        + " AS p90 FROM (SELECT *, CASE WHEN level >= step THEN CASE step WHEN 2 THEN t2 - t1 WHEN 3"
        + " THEN t3 - t2 END END AS taken FROM ("
        + chosen
        + "), (SELECT unnest([1, 2, 3]) AS step)) GROUP BY dt, value, step))";
  }

  private static String quantile(double p) {
    return "(list_sort(list(taken) FILTER (taken IS NOT NULL)))[ceil("
        + p
        + " * count(taken))::INTEGER] / 1000.0::DOUBLE";
  }

  /** Rows of cart_abandonment; money as whole ten-thousandths. */
  public static String cartAbandonment() {
    var carted =
        "SELECT session_dt AS dt, session_number, min(event_time) FILTER (event_type = 'cart') AS"
            + " carted FROM session_events GROUP BY ALL HAVING carted IS NOT NULL";
    var bought =
        "SELECT *, EXISTS (SELECT 1 FROM session_events e WHERE e.session_number ="
            + " c.session_number AND "
            + PURCHASED
            + " AND event_time >= carted) AS bought FROM ("
            + carted
            + ") c";
    // A sum that is never below 0 is the sum less its lowest value so far, if that is below 0.
    var running =
        "SELECT session_number, product_id, number, sum(CASE event_type WHEN 'cart' THEN quantity"
            + " ELSE -quantity END) OVER (PARTITION BY session_number, product_id ORDER BY number) AS"
            + " total FROM session_events WHERE event_type IN ('cart', 'remove_from_cart')";
    var remains =
        "SELECT session_number, product_id, last(total ORDER BY number) - least(0, min(total)) AS"
            + " remainder FROM ("
            + running
            + ") GROUP BY ALL";
    var prices =
        "SELECT session_number, product_id, last(price ORDER BY number) AS price FROM session_events"
            + " WHERE event_type = 'cart' AND price IS NOT NULL GROUP BY ALL";
    var values =
        "SELECT r.session_number, sum(remainder) AS remainder, sum(remainder * "
            + DuckDb.scaled("coalesce(price, 0)")
            + ")::HUGEINT AS value FROM ("
            + remains
            + ") r LEFT JOIN ("
            + prices
            + ") p ON r.session_number = p.session_number AND r.product_id IS NOT DISTINCT FROM"
            + " p.product_id GROUP BY r.session_number";
    return "SELECT dt, count(*) AS sessions_with_cart, count(*) FILTER (bought) AS sessions_bought,"
        + " count(*) FILTER (NOT bought AND remainder > 0) AS sessions_abandoned,"
        + " count(*) FILTER (NOT bought AND remainder = 0) AS sessions_emptied,"
        + " (count(*) FILTER (NOT bought AND remainder > 0))::DOUBLE / count(*)::DOUBLE AS"
        + " abandonment_rate, coalesce(sum(value) FILTER (NOT bought AND remainder > 0), 0)::HUGEINT"
        + " AS abandoned_value FROM ("
        + bought
        + ") JOIN ("
        + values
        + ") USING (session_number) GROUP BY dt";
  }
}
