package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The oracle: the same questions asked in SQL of the same files. */
public final class DuckDb implements AutoCloseable {
  /** Everything that makes two events equal, in content order. */
  private static final String CONTENT =
      "event_time, event_type, product_id, visitor_id, user_id, user_session, order_id, price,"
          + " quantity, brand, category_code, category_id, event_id";

  private final Connection connection;

  public DuckDb() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 2");
  }

  /** Makes the table {@code raw} of CSV files with the suite's own columns. */
  public void readEvents(Path folder) throws SQLException {
    readEvents(folder, List.of());
  }

  /**
   * The same of files with more columns.
   *
   * @param others strings, behind the suite's own
   */
  public void readEvents(Path folder, List<String> others) throws SQLException {
    var more = new StringBuilder();
    others.forEach(column -> more.append(", ").append(column).append(": 'VARCHAR'"));
    execute(
        "CREATE TABLE raw AS SELECT * REPLACE (coalesce(quantity, 1) AS quantity,"
            + " epoch_ms(replace(event_time, 'Z', '')::TIMESTAMP) AS event_time) FROM read_csv('"
            + folder
            + "/*.csv', header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
            + " auto_detect = false, columns = {event_time: 'VARCHAR', event_type: 'VARCHAR',"
            + " product_id: 'VARCHAR', category_id: 'VARCHAR', category_code: 'VARCHAR',"
            + " brand: 'VARCHAR', price: 'DECIMAL(18,4)', quantity: 'INTEGER',"
            + " visitor_id: 'VARCHAR', user_id: 'VARCHAR', user_session: 'VARCHAR',"
            + " order_id: 'VARCHAR', event_id: 'VARCHAR'"
            + more
            + "})");
  }

  /** Makes {@code events}: {@code raw} without events of a day whose event_id was there before. */
  public void dropRepeatedEventIds() throws SQLException {
    execute(
        "CREATE TABLE events AS SELECT *, strftime(make_timestamp(event_time * 1000), '%Y-%m-%d')"
            + " AS dt, coalesce(visitor_id, user_id, user_session) AS visitor,"
            + " row_number() OVER (ORDER BY "
            + ascending()
            + ") AS number FROM raw QUALIFY event_id IS NULL OR row_number() OVER ("
            + "PARTITION BY event_time // 86400000, event_id ORDER BY "
            + ascending()
            + ") = 1");
    execute(
        "CREATE TABLE known AS SELECT * FROM events WHERE event_type IN"
            + " ('view', 'cart', 'remove_from_cart', 'purchase', 'return')");
    execute(
        "CREATE TABLE lines AS SELECT *, CASE WHEN price IS NULL THEN 'without' WHEN price = 0 OR"
            + " quantity = 0 THEN 'free' WHEN price < 0 THEN 'adjustment' WHEN event_type = 'return'"
            + " OR quantity < 0 THEN 'returned' ELSE 'sold' END AS kind, CASE WHEN order_id IS NOT"
            + " NULL THEN ['order', order_id] WHEN user_session IS NOT NULL THEN ['session',"
            + " visitor, user_session] ELSE ['event', number::VARCHAR] END AS order_key FROM events"
            + " WHERE event_type IN ('purchase', 'return')");
  }

  /** Rows of view_counts, or with an hour_start those of view_counts_hourly. */
  public static String viewCounts(boolean hourly) {
    var bucket = hourly ? "event_time // 3600000 * 3600000" : "0";
    return "SELECT dt, "
        + bucket
        + " AS hour_start, product_id, last(brand ORDER BY event_time, brand NULLS FIRST,"
        + " category_code NULLS FIRST) AS brand, last(category_code ORDER BY event_time,"
        + " brand NULLS FIRST, category_code NULLS FIRST) AS category_code,"
        + " count(*) FILTER (event_type = 'view') AS views,"
        + " count(DISTINCT visitor) FILTER (event_type = 'view') AS visitors"
        + " FROM known WHERE product_id IS NOT NULL GROUP BY ALL HAVING views > 0";
  }

  public static String topProducts(int limit) {
    return "SELECT dt, row_number() OVER (PARTITION BY dt ORDER BY views DESC, product_id) AS rank,"
        + " product_id, brand, category_code, views, visitors,"
        + " views::DOUBLE / (sum(views) OVER (PARTITION BY dt))::DOUBLE AS share FROM ("
        + viewCounts(false)
        + ") QUALIFY rank <= "
        + limit;
  }

  /**
   * Rows of a sales table; money as whole ten-thousandths.
   *
   * @param start SQL for the first instant of the bucket, in milliseconds; the day of it is dt
   * @param dt SQL for the partition
   * @param value SQL for the value of the dimension
   */
  public static String sales(String start, String dt, String value) {
    return "SELECT *, half_even(gross_revenue, units_sold) AS average_price,"
        + " half_even(gross_revenue, orders) AS average_order_value,"
        + " gross_revenue - returned_revenue + adjustments AS revenue FROM (SELECT "
        + dt
        + " AS dt, "
        + start
        + " AS bucket_start, "
        + value
        + " AS value, count(*) FILTER (kind = 'sold') AS order_lines,"
        + " count(*) FILTER (kind = 'free') AS free_lines,"
        + " count(*) FILTER (kind = 'without') AS lines_without_price,"
        + total("quantity", "sold")
        + " AS units_sold, "
        + total("abs(quantity)", "returned")
        + " AS units_returned, count(DISTINCT order_key) FILTER (kind = 'sold') AS orders,"
        + " count(DISTINCT order_key) FILTER (kind = 'returned') AS returns,"
        + " count(DISTINCT user_id) FILTER (kind = 'sold') AS customers, "
        + total(scaled("price") + " * quantity", "sold")
        + " AS gross_revenue, "
        + total(scaled("price") + " * abs(quantity)", "returned")
        + " AS returned_revenue, "
        + total(scaled("price") + " * quantity", "adjustment")
        + " AS adjustments, min("
        + scaled("price")
        + ") FILTER (kind = 'sold') AS minimum_price, max("
        + scaled("price")
        + ") FILTER (kind = 'sold') AS maximum_price FROM lines GROUP BY ALL)";
  }

  public void defineRounding() throws SQLException {
    execute(
        "CREATE MACRO half_even(total, number) AS CASE WHEN number = 0 THEN NULL ELSE"
            + " total // number + CASE WHEN 2 * (total % number) > number OR (2 * (total % number)"
            + " = number AND (total // number) % 2 = 1) THEN 1 ELSE 0 END END");
    execute(
        "CREATE MACRO half_even_any(total, number) AS CASE WHEN total < 0 THEN -half_even(-total,"
            + " number) ELSE half_even(total, number) END");
  }

  /** An amount of money as whole ten-thousandths. */
  public static String scaled(String money) {
    return "(" + money + " * 10000)::HUGEINT";
  }

  private static String total(String what, String kind) {
    return "coalesce(sum(" + what + ") FILTER (kind = '" + kind + "'), 0)::HUGEINT";
  }

  private static String ascending() {
    return CONTENT.replace(",", " NULLS FIRST,") + " NULLS FIRST";
  }

  /** Asserts that two queries have the same rows, each as often. */
  public void assertSame(String what, String columns, String actual, String expected)
      throws SQLException {
    var ours = "SELECT " + columns + " FROM (" + actual + ")";
    var theirs = "SELECT " + columns + " FROM (" + expected + ")";
    assertThat(rows("(" + ours + ") EXCEPT ALL (" + theirs + ") LIMIT 5"))
        .as("%s: rows that are wrong", what)
        .isEmpty();
    assertThat(rows("(" + theirs + ") EXCEPT ALL (" + ours + ") LIMIT 5"))
        .as("%s: rows that are missing", what)
        .isEmpty();
  }

  public void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query, each as its values' texts. */
  public List<List<String>> rows(String sql) throws SQLException {
    var rows = new ArrayList<List<String>>();
    try (var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(result.getObject(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
