package org.clickmill.drivers.report;

import java.util.List;

/** A table of the warehouse that the report has rows of. */
sealed interface Source {
  /** The name of the report's table. */
  String name();

  /** The name of the warehouse's table. */
  String table();

  /**
   * Rows of every day, copied.
   *
   * @param mostRows how many of a day at most
   * @param columns what is copied; all that are not personal if there are none
   */
  record Days(String table, int mostRows, List<String> columns) implements Source {
    private static Days all(String table, int mostRows) {
      return new Days(table, mostRows, List.of());
    }

    @Override
    public String name() {
      return table;
    }
  }

  /**
   * Rows of the last day that there is, copied: all columns that are not personal.
   *
   * @param mostRows how many at most
   * @param order the column that they are in the order of and the first are taken by; null for the
   *     table's own order
   * @param isDescending whether that order begins with the greatest
   */
  record LastDay(String table, int mostRows, String order, boolean isDescending) implements Source {
    @Override
    public String name() {
      return table;
    }
  }

  /**
   * Sums by day and value, of the greatest values and of all others together.
   *
   * @param value the column whose values are many
   * @param within columns of few values whose rows are summed apart
   * @param bound a measure that is never negative nor less than the first one
   * @param measures what is summed; the sum of the first over all days ranks the values
   * @param attributes what is known of a value: that of its last row
   * @param rankedStep the number of the step whose rows alone rank; 0 for all rows
   */
  record Top(
      String name,
      String table,
      String value,
      List<String> within,
      String bound,
      List<String> measures,
      List<String> attributes,
      int rankedStep)
      implements Source {

    String rank() {
      return measures.get(0);
    }

    private static Top sales(String by) {
      var table = "sales_by_" + by;
      var measures = names("revenue gross_revenue orders units_sold units_returned");
      return new Top(table, table, "value", List.of(), "gross_revenue", measures, List.of(), 0);
    }

    private static Top traffic(String by) {
      var measures = names("sessions bounces sessions_with_purchase orders revenue");
      return of("traffic_by_" + by, "traffic", by, measures, List.of());
    }

    private static Top funnel(String by) {
      var table = "funnel_by_" + by;
      var within = names("funnel step step_name");
      var measures = names("sessions");
      return new Top(table, table, "value", within, "sessions", measures, List.of(), 1);
    }

    private static Top dwell(String by, String column) {
      return of("dwell_by_" + by, "dwell", column, names("seconds sessions"), List.of());
    }

    private static Top of(
        String name, String table, String value, List<String> measures, List<String> attributes) {
      return new Top(name, table, value, List.of(), measures.get(0), measures, attributes, 0);
    }

    private static List<String> names(String text) {
      return List.of(text.split(" ", -1));
    }
  }

  /** All of them, in the order of the report. */
  List<Source> ALL =
      List.of(
          Days.all("sales", 1),
          Days.all("sales_trend", 1),
          Days.all("daily_summary", 1),
          new Days("sales_hourly", 24, List.of("bucket_start", "revenue", "orders", "units_sold")),
          Days.all("funnel", 200),
          Top.funnel("brand"),
          Top.funnel("category"),
          new LastDay("user_funnel", 200, null, false),
          Days.all("cart_abandonment", 1),
          Top.sales("category"),
          Top.sales("brand"),
          Top.sales("product"),
          Top.of(
              "views_by_product",
              "view_counts",
              "product_id",
              Top.names("views"),
              Top.names("brand category_code")),
          new LastDay("top_products", 50, "rank", false),
          new LastDay("trending", 40, "rank", false),
          new LastDay("product_performance", 200, "revenue", true),
          Top.traffic("traffic_source"),
          Top.traffic("campaign"),
          Top.traffic("device"),
          Top.traffic("country"),
          Top.dwell("category", "category_code"),
          Top.dwell("device", "device"),
          new LastDay("cohorts", 1_000, "cohort", true),
          new LastDay("clv_model", 1, null, false),
          new LastDay("clv_calibration", 5_000, "week", false));
}
