package org.clickmill.drivers.report;

/** A part of the report that says nothing as long as its table has not been computed. */
public enum Topic {
  SALES("sales", "sales", "Sales by day"),
  SALES_TREND("sales_trend", "sales-trend", "Averages of 28 days"),
  SESSIONS("sessions", "sessions", "Sessions by day"),
  FUNNEL("funnel", "funnel", "Funnel"),
  FUNNEL_BY_BRAND("funnel_by_brand", "funnel", "Funnel by brand"),
  FUNNEL_BY_CATEGORY("funnel_by_category", "funnel", "Funnel by category"),
  CART_ABANDONMENT("cart_abandonment", "funnel", "Cart abandonment"),
  TOP_PRODUCTS("top_products", "top-products", "Products of the last day"),
  VIEW_COUNTS("view_counts", "view-counts", "Products of all days"),
  SALES_BY_CATEGORY("sales_by_category", "sales", "Revenue by category"),
  SALES_BY_BRAND("sales_by_brand", "sales", "Revenue by brand"),
  CLV("clv", "clv", "Customer value"),
  TRENDING("trending", "trending", "Trending products");

  private final String dataset;
  private final String command;
  private final String title;

  Topic(String dataset, String command, String title) {
    this.dataset = dataset;
    this.command = command;
    this.title = title;
  }

  String dataset() {
    return dataset;
  }

  /** The command that computes the table. */
  String command() {
    return command;
  }

  String title() {
    return title;
  }
}
