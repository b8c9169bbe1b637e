package org.clickmill.jobs;

/**
 * The tables that are made over several days, in SQL over {@code events}, {@code known} and {@code
 * lines} as {@link DuckDb} defines them. Money is whole ten-thousandths.
 */
public final class SuiteSql {
  private SuiteSql() {}

  /** A customer with any line on a day. */
  public static String customerDays() {
    var purchase = "event_type = 'purchase' AND quantity > 0 AND price >= 0";
    return "SELECT dt, user_id, count(DISTINCT order_key) FILTER ("
        + purchase
        + ") AS orders, count(*) FILTER (kind = 'sold') AS order_lines, count(*) FILTER ("
        + purchase
        + ") AS purchase_lines, coalesce(sum("
        + DuckDb.scaled("price")
        + " * quantity) FILTER (kind = 'sold'), 0)::HUGEINT AS gross_revenue, coalesce(sum(CASE kind"
        + " WHEN 'returned' THEN -abs(quantity) WHEN 'sold' THEN quantity WHEN 'adjustment' THEN"
        + " quantity ELSE 0 END * "
        + DuckDb.scaled("coalesce(price, 0)")
        + "), 0)::HUGEINT AS revenue, min(event_time) FILTER ("
        + purchase
        + ") AS first_time, max(event_time) FILTER ("
        + purchase
        + ") AS last_time FROM lines WHERE user_id IS NOT NULL GROUP BY ALL";
  }

  /** A customer known by the end of a day. */
  public static String customers(String dt) {
    return "SELECT '"
        + dt
        + "' AS dt, user_id, sum(orders)::BIGINT AS orders,"
        + " count(*) FILTER (purchase_lines > 0) AS purchase_days,"
        + " min(dt::DATE) FILTER (purchase_lines > 0) AS first_day,"
        + " max(dt::DATE) FILTER (purchase_lines > 0) AS last_day,"
        + " sum(gross_revenue)::HUGEINT AS gross_revenue, sum(revenue)::HUGEINT AS revenue,"
        + " coalesce(sum(revenue) FILTER (purchase_lines > 0), 0)::HUGEINT AS purchase_day_revenue,"
        + " coalesce(first(revenue ORDER BY dt) FILTER (purchase_lines > 0), 0)::HUGEINT"
        + " AS first_day_revenue,"
        + " sum(purchase_lines) = 0 AS returns_only FROM ("
        + customerDays()
        + ") WHERE dt <= '"
        + dt
        + "' GROUP BY user_id";
  }

  /** Products viewed in the window of days ending on a day, or in the one before. */
  public static String trending(String dt, int window) {
    return "SELECT dt, "
        + window
        + " AS window_days, row_number() OVER (ORDER BY score DESC, product_id) AS rank, * EXCLUDE"
        + " (dt) FROM (SELECT *, views - views_before AS views_delta, CASE WHEN views_before > 0 THEN"
        + " views::DOUBLE / views_before::DOUBLE - 1 END AS growth, views_before = 0 AS is_new,"
        + " (views - views_before)::DOUBLE / sqrt((views + views_before + 25)::DOUBLE) AS score FROM"
        + " (SELECT '"
        + dt
        + "' AS dt, product_id, count(*) FILTER (age < "
        + window
        + ") AS views, count(*) FILTER (age >= "
        + window
        + ") AS views_before, count(DISTINCT visitor) FILTER (age < "
        + window
        + ") AS visitors FROM (SELECT *, '"
        + dt
        + "'::DATE - dt::DATE AS age FROM known WHERE event_type = 'view' AND product_id IS NOT"
        + " NULL) WHERE age BETWEEN 0 AND "
        + (2 * window - 1)
        + " GROUP BY product_id))";
  }

  /**
   * A value's trend on a day.
   *
   * @param value SQL for the value of the dimension
   * @param first the warehouse's first day
   */
  public static String salesTrend(String dt, String value, String first) {
    return "SELECT '"
        + dt
        + "' AS dt, value, "
        + sum("revenue", "age = 0")
        + " AS revenue, "
        + ifFull(dt, first, 7, "half_even_any(" + sum("revenue", "age < 7") + ", 7)")
        + " AS revenue_average_7d, "
        + ifFull(dt, first, 28, "half_even_any(" + sum("revenue", "age < 28") + ", 28)")
        + " AS revenue_average_28d, "
        + ifFull(dt, first, 8, sum("revenue", "age = 7"))
        + " AS revenue_same_day_last_week, "
        + sum("orders", "age = 0")
        + " AS orders, "
        + ifFull(dt, first, 7, sum("orders", "age < 7") + "::DOUBLE / 7")
        + " AS orders_average_7d, "
        + ifFull(dt, first, 28, sum("orders", "age < 28") + "::DOUBLE / 28")
        + " AS orders_average_28d FROM (SELECT *, '"
        + dt
        + "'::DATE - dt::DATE AS age FROM ("
        + DuckDb.sales("0", "dt", value)
        + ")) WHERE age BETWEEN 0 AND 27 GROUP BY value";
  }

  private static String sum(String column, String when) {
    return "coalesce(sum(" + column + ") FILTER (" + when + "), 0)";
  }

  private static String ifFull(String dt, String first, int days, String what) {
    return "CASE WHEN '"
        + dt
        + "'::DATE - '"
        + first
        + "'::DATE >= "
        + (days - 1)
        + " THEN "
        + what
        + " END";
  }

  /** Ratings of the window of days ending on a day, by weights of views, carts and purchases. */
  public static String interactions(String dt, int window, int view, int cart, int purchase) {
    return "SELECT '"
        + dt
        + "' AS dt, user_id, product_id, (dense_rank() OVER (ORDER BY user_id) - 1)::INTEGER AS"
        + " user_index, (dense_rank() OVER (ORDER BY product_id) - 1)::INTEGER AS product_index,"
        + " rating FROM (SELECT user_id, product_id, sum(CASE event_type WHEN 'view' THEN "
        + view
        + " WHEN 'cart' THEN "
        + cart
        + " ELSE "
        + purchase
        + " END)::FLOAT AS rating FROM known WHERE user_id IS NOT NULL AND product_id IS NOT NULL"
        + " AND event_type IN ('view', 'cart', 'purchase') AND '"
        + dt
        + "'::DATE - dt::DATE BETWEEN 0 AND "
        + (window - 1)
        + " GROUP BY ALL)";
  }
}
