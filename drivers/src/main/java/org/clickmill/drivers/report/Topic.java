package org.clickmill.drivers.report;

/** A part of the report that is left out as long as its table has not been computed. */
public enum Topic {
  SALES_TREND("sales_trend", "sales-trend", "Averages of 28 days"),
  SESSIONS("sessions", "sessions", "Sessions by day"),
  FUNNEL("funnel", "funnel", "Funnel"),
  FUNNEL_BY_BRAND("funnel_by_brand", "funnel", "Funnel by brand"),
  FUNNEL_BY_CATEGORY("funnel_by_category", "funnel", "Funnel by category"),
  CART_ABANDONMENT("cart_abandonment", "funnel", "Cart abandonment"),
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
