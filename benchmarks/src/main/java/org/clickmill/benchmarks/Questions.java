package org.clickmill.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked: each question's tables, Clickmill's command line, and the peers' scripts. */
final class Questions {
  private static final List<String> WITHOUT_EXTRAS_OF_VIEWS =
      List.of(
          "-D",
          "clickmill.view-counts.tables=view_counts",
          "-D",
          "clickmill.view-counts.columns=none");

  private static final String SALES =
      "order_lines free_lines lines_without_price units_sold units_returned orders returns"
          + " customers gross_revenue returned_revenue adjustments revenue minimum_price"
          + " maximum_price";

  private static final String FUNNEL = "step_name sessions drop_off mature";
  private static final String FUNNEL_RATIOS =
      "conversion_from_previous conversion_from_first median_seconds_from_previous"
          + " p90_seconds_from_previous";

  /** Averages of money are rounded to four decimals here, and doubles elsewhere. */
  private static final String ROUNDED = "0.0001";

  private static final String DOUBLE = "1e-9";

  private static final List<ComparedTable> VIEWS =
      List.of(
          ComparedTable.of("view_counts", "dt product_id", "views"),
          ComparedTable.of("top_products", "dt rank", "product_id views").near("share", DOUBLE));

  private static final ComparedTable CUSTOMERS =
      ComparedTable.of(
          "customers",
          "dt user_id",
          "orders purchase_days first_day last_day gross_revenue revenue purchase_day_revenue"
              + " first_day_revenue returns_only");

  /**
   * All but session_id, which is a hash of visitor and start that each side makes in its own way.
   */
  private static final ComparedTable SESSIONS =
      ComparedTable.of(
          "sessions",
          "dt visitor start_time",
          "user_id user_session end_time duration_seconds events views carts removes purchases"
              + " orders revenue view_time cart_time purchase_time is_bounce is_complete"
              + " cut_at_24_hours entry_product_id exit_product_id");

  /** Days of events: whether they hold the same rows, each visitor's in the order of time. */
  private static final ComparedTable DAILY_EVENTS =
      ComparedTable.of("events_daily", "dt", "events digest out_of_order")
          .summarized(
              """
              SELECT
                dt,
                count(*) AS events,
                sum(hash(
                  event_time, event_type, product_id, category_id, category_code, brand, price,
                  quantity, visitor_id, user_id, user_session, order_id, event_id, source_name,
                  source_partition, source_offset)) AS digest,
                count(*) FILTER (event_time < time_before) AS out_of_order
              FROM (
                SELECT
                  *,
                  lag(event_time) OVER (
                    PARTITION BY filename, coalesce(visitor_id, user_id, user_session)
                    ORDER BY file_row_number) AS time_before
                FROM ${table}
              )
              GROUP BY dt""");

  /** Days of events by what the files say of them, whatever their order. */
  private static final ComparedTable EVENTS =
      ComparedTable.of("events_daily", "dt", "events digest")
          .summarized(
              """
              SELECT
                dt,
                count(*) AS events,
                sum(hash(
                  epoch_us(event_time), event_type, product_id, category_id, category_code, brand,
                  price, user_id, user_session)) AS digest
              FROM ${table}
              GROUP BY dt""");

  private static final ComparedTable TRENDING =
      ComparedTable.of(
              "trending", "dt window_days product_id", "rank views views_before views_delta is_new")
          .near("growth score", DOUBLE);

  /** What comes without a model. */
  private static final ComparedTable CLV =
      ComparedTable.of(
              "clv",
              "dt user_id",
              "frequency days_first_to_last_purchase age_days days_since_last_purchase revenue"
                  + " orders rfm_recency rfm_frequency rfm_monetary segment")
          .near("monetary_value", ROUNDED);

  private Questions() {}

  /** The four shapes of question that are asked everywhere, and nothing besides. */
  static List<Question> tableA() {
    return together(
        "A",
        WITHOUT_EXTRAS_OF_VIEWS,
        List.of(
            question("A", "views", WITHOUT_EXTRAS_OF_VIEWS, List.of("events", "a/views"), VIEWS),
            question(
                "A",
                "sales",
                List.of(),
                List.of("events", "a/lines", "a/sales"),
                List.of(sales("sales", "dt"), sales("sales_by_brand", "dt value"))),
            question(
                "A",
                "customers",
                List.of(),
                List.of("events", "a/customer-lines", "a/customers"),
                List.of(CUSTOMERS)),
            question(
                "A",
                "funnel",
                List.of(),
                List.of("events", "a/funnel"),
                List.of(funnel("funnel", "dt funnel step")))));
  }

  /** All that Clickmill writes by itself about the same. */
  static List<Question> tableB() {
    return together(
        "B",
        List.of(),
        List.of(
            question(
                "B",
                "views",
                List.of(),
                List.of("events", "b/views"),
                List.of(
                    ComparedTable.of("view_counts", "dt product_id", "brand category_code views")
                        .estimated("visitors"),
                    ComparedTable.of(
                            "view_counts_hourly",
                            "dt hour_start product_id",
                            "brand category_code views")
                        .estimated("visitors"),
                    ComparedTable.of(
                            "top_products", "dt rank", "product_id brand category_code views")
                        .near("share", DOUBLE)
                        .estimated("visitors"))),
            question(
                "B",
                "sales",
                List.of(),
                List.of("events", "b/lines", "b/sales"),
                List.of(
                    sales("sales", "dt"),
                    sales("sales_by_category", "dt value"),
                    sales("sales_by_brand", "dt value"),
                    sales("sales_by_product", "dt value"),
                    sales("sales_hourly", "dt bucket_start"))),
            question(
                "B",
                "customers",
                List.of(),
                List.of("events", "b/lines", "b/customers"),
                List.of(
                    ComparedTable.of(
                        "customer_days",
                        "dt user_id",
                        "orders order_lines purchase_lines gross_revenue revenue first_time"
                            + " last_time"),
                    CUSTOMERS)),
            question(
                "B",
                "funnel",
                List.of(),
                List.of("events", "b/funnel"),
                List.of(
                    SESSIONS,
                    funnel("funnel", "dt funnel step"),
                    funnel("funnel_by_brand", "dt funnel value step"),
                    funnel("funnel_by_category", "dt funnel value step"),
                    ComparedTable.of(
                            "cart_abandonment",
                            "dt",
                            "sessions_with_cart sessions_bought sessions_abandoned"
                                + " sessions_emptied abandoned_value mature")
                        .near("abandonment_rate", DOUBLE)))));
  }

  /** Every default table that is made of CSV files. */
  static Question path() {
    var tableB = tableB();
    var all = tableB.get(tableB.size() - 1);
    return new Question(
        "path",
        "files to report",
        List.of(),
        Stream.of(
                Stream.of("path/events"),
                all.scripts().stream().filter(script -> !script.equals("events")),
                Stream.of("path/trending", "path/sales-trend", "path/interactions", "path/clv"))
            .flatMap(scripts -> scripts)
            .toList(),
        Stream.of(
                Stream.of(EVENTS),
                all.compared().stream(),
                Stream.of(
                    TRENDING,
                    salesTrend("sales_trend", "dt"),
                    salesTrend("sales_trend_by_category", "dt value"),
                    salesTrend("sales_trend_by_brand", "dt value"),
                    salesTrend("sales_trend_by_product", "dt value"),
                    ComparedTable.of("interactions_users", "dt user_id", "user_index"),
                    ComparedTable.of("interactions_products", "dt product_id", "product_index"),
                    ComparedTable.of(
                        "interactions", "dt user_id product_id", "user_index product_index rating"),
                    CLV))
            .flatMap(tables -> tables)
            .toList());
  }

  /** Files to compacted days. */
  static Question firstMile(Form form) {
    return new Question(
        "import", form.label() + " to days", List.of(), List.of(form.script()), List.of(EVENTS));
  }

  /** The views of table A, of some days, as Hadoop Streaming is asked for them. */
  static Question streaming(List<LocalDate> days, int ofDays) {
    var options = new ArrayList<>(WITHOUT_EXTRAS_OF_VIEWS);
    options.addAll(List.of("--from", days.get(0).toString()));
    options.addAll(List.of("--to", days.get(days.size() - 1).toString()));
    return question(
        "streaming",
        "views, %s of %s days".formatted(days.size(), ofDays),
        options,
        List.of(),
        VIEWS);
  }

  /** Hourly Avro to daily Parquet in the order of time. */
  static Question compact(int days) {
    return new Question(
        "compact",
        "%s days of hours".formatted(days),
        List.of("compact"),
        List.of("compact"),
        List.of(DAILY_EVENTS));
  }

  /** Questions, and as the last one all of them at once, in one process. */
  private static List<Question> together(String table, List<String> options, List<Question> parts) {
    var all =
        question(
            table,
            "all",
            options,
            // The lines of sales do for customers, too.
            distinct(parts, Question::scripts).stream()
                .filter(script -> !script.equals("a/customer-lines"))
                .toList(),
            distinct(parts, Question::compared));
    return Stream.concat(parts.stream(), Stream.of(all)).toList();
  }

  private static <T> List<T> distinct(List<Question> questions, Function<Question, List<T>> what) {
    return questions.stream()
        .flatMap(question -> what.apply(question).stream())
        .distinct()
        .toList();
  }

  /** A question that Clickmill answers by renewing the compared tables and what they need. */
  private static Question question(
      String table,
      String name,
      List<String> options,
      List<String> scripts,
      List<ComparedTable> compared) {
    var names = compared.stream().map(ComparedTable::name).collect(Collectors.joining(","));
    var command = new ArrayList<String>(List.of("pipeline", "--tables", names));
    command.addAll(options);
    return new Question(table, name, command, scripts, compared);
  }

  private static ComparedTable sales(String name, String keys) {
    return ComparedTable.of(name, keys, SALES).near("average_price average_order_value", ROUNDED);
  }

  private static ComparedTable salesTrend(String name, String keys) {
    return ComparedTable.of(name, keys, "revenue revenue_same_day_last_week orders")
        .near("revenue_average_7d revenue_average_28d", ROUNDED)
        .near("orders_average_7d orders_average_28d", DOUBLE);
  }

  private static ComparedTable funnel(String name, String keys) {
    return ComparedTable.of(name, keys, FUNNEL).near(FUNNEL_RATIOS, DOUBLE);
  }
}
