package org.clickmill.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is asked: each question's tables, Clickmill's command line, and the peers' scripts. */
final class Questions {
  private static final List<String> WITHOUT_EXTRAS_OF_VIEWS =
      List.of("clickmill.view-counts.tables=view_counts", "clickmill.view-counts.columns=none");

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

  private static final ComparedTable CUSTOMERS =
      ComparedTable.of(
          "customers",
          "dt user_id",
          "orders purchase_days first_day last_day gross_revenue revenue purchase_day_revenue"
              + " first_day_revenue returns_only");

  /** All but session_id, which is a hash of visitor and start that each side makes in its own way. */
  private static final ComparedTable SESSIONS =
      ComparedTable.of(
          "sessions",
          "dt visitor start_time",
          "user_id user_session end_time duration_seconds events views carts removes purchases"
              + " orders revenue view_time cart_time purchase_time is_bounce is_complete"
              + " cut_at_24_hours entry_product_id exit_product_id");

  private Questions() {}

  /** All questions, in the order of the results. */
  static List<Question> all() {
    return Stream.concat(together("A", tableA()).stream(), together("B", tableB()).stream())
        .toList();
  }

  /** The four shapes of question that are asked everywhere, and nothing besides. */
  private static List<Question> tableA() {
    return List.of(
        question(
            "views",
            WITHOUT_EXTRAS_OF_VIEWS,
            List.of("events", "a/views"),
            ComparedTable.of("view_counts", "dt product_id", "views"),
            ComparedTable.of("top_products", "dt rank", "product_id views").near("share", DOUBLE)),
        question(
            "sales",
            List.of(),
            List.of("events", "a/lines", "a/sales"),
            sales("sales", "dt"),
            sales("sales_by_brand", "dt value")),
        question(
            "customers",
            List.of(),
            List.of("events", "a/customer-lines", "a/customers"),
            CUSTOMERS),
        question(
            "funnel",
            List.of(),
            List.of("events", "a/funnel"),
            funnel("funnel", "dt funnel step")));
  }

  /** All that Clickmill writes by itself about the same. */
  private static List<Question> tableB() {
    return List.of(
        question(
            "views",
            List.of(),
            List.of("events", "b/views"),
            ComparedTable.of("view_counts", "dt product_id", "brand category_code views")
                .estimated("visitors"),
            ComparedTable.of(
                    "view_counts_hourly", "dt hour_start product_id", "brand category_code views")
                .estimated("visitors"),
            ComparedTable.of("top_products", "dt rank", "product_id brand category_code views")
                .near("share", DOUBLE)
                .estimated("visitors")),
        question(
            "sales",
            List.of(),
            List.of("events", "b/lines", "b/sales"),
            sales("sales", "dt"),
            sales("sales_by_category", "dt value"),
            sales("sales_by_brand", "dt value"),
            sales("sales_by_product", "dt value"),
            sales("sales_hourly", "dt bucket_start")),
        question(
            "customers",
            List.of(),
            List.of("events", "b/lines", "b/customers"),
            ComparedTable.of(
                "customer_days",
                "dt user_id",
                "orders order_lines purchase_lines gross_revenue revenue first_time last_time"),
            CUSTOMERS),
        question(
            "funnel",
            List.of(),
            List.of("events", "b/funnel"),
            SESSIONS,
            funnel("funnel", "dt funnel step"),
            funnel("funnel_by_brand", "dt funnel value step"),
            funnel("funnel_by_category", "dt funnel value step"),
            ComparedTable.of(
                    "cart_abandonment",
                    "dt",
                    "sessions_with_cart sessions_bought sessions_abandoned sessions_emptied"
                        + " abandoned_value mature")
                .near("abandonment_rate", DOUBLE)));
  }

  private static Question question(
      String name, List<String> settings, List<String> scripts, ComparedTable... compared) {
    return new Question("", name, settings, scripts, List.of(compared));
  }

  /** Questions, and as the last one all of them at once, in one process. */
  private static List<Question> together(String table, List<Question> parts) {
    var all =
        new Question(
            table,
            "all",
            distinct(parts, Question::settings),
            // The lines of sales do for customers, too.
            distinct(parts, Question::scripts).stream()
                .filter(script -> !script.equals("a/customer-lines"))
                .toList(),
            distinct(parts, Question::compared));
    return Stream.concat(parts.stream().map(part -> part.in(table)), Stream.of(all)).toList();
  }

  private static <T> List<T> distinct(List<Question> questions, Function<Question, List<T>> what) {
    return questions.stream()
        .flatMap(question -> what.apply(question).stream())
        .distinct()
        .toList();
  }

  private static ComparedTable sales(String name, String keys) {
    return ComparedTable.of(name, keys, SALES).near("average_price average_order_value", ROUNDED);
  }

  private static ComparedTable funnel(String name, String keys) {
    return ComparedTable.of(name, keys, FUNNEL).near(FUNNEL_RATIOS, DOUBLE);
  }
}
