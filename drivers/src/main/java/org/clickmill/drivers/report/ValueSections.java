package org.clickmill.drivers.report;

import java.util.Map;

/**
 * The sections of what customers are worth and of trending products; each is empty if its table is
 * missing.
 */
final class ValueSections {
  private final Report report;
  private final Map<String, Chart> charts;

  ValueSections(Report report, Map<String, Chart> charts) {
    this.report = report;
    this.charts = charts;
  }

  String customerValues() {
    var values = report.customerValues();
    if (values.day() == null) {
      return "";
    }
    var body = new StringBuilder(Html.tiles(figures(values)));
    if (values.isHistoric()) {
      var reason = values.model().reason();
      body.append(
          Html.warning(
              "No expected values:",
              "the model has no fit"
                  + (reason == null ? "" : " (" + reason + ")")
                  + ". The figures are those of the past."));
      body.append(Html.table(CustomerTables.segments(values)));
    } else {
      body.append(
          Html.beside(
              Html.figure(charts.get("customer-values")),
              Html.table(CustomerTables.segments(values))));
      body.append(Html.folded(CustomerTables.distribution(values)));
    }
    if (values.model() != null) {
      body.append(Html.folded(CustomerTables.model(values)));
    }
    return Html.section("customers", "What customers are worth", note(values), body.toString());
  }

  private static String figures(CustomerValues values) {
    var model = values.model();
    var tiles =
        Html.tile("Customers", Format.count(values.customers()), "with a purchase")
            + Html.tile("Revenue so far", Format.money(values.revenue()), "net of returns");
    if (model != null) {
      var share = Ratio.of(model.repeatCustomers(), model.customers());
      tiles +=
          Html.tile(
              "Repeat customers",
              Format.count(model.repeatCustomers()),
              share == null ? null : Format.share(share));
    }
    if (values.expected() != null) {
      tiles +=
          Html.tile(
              "Expected value",
              Format.money(values.expected()),
              model == null ? null : "within " + model.horizonDays() + " days");
    }
    return tiles;
  }

  private static String note(CustomerValues values) {
    var note = "As of " + Format.day(values.day()) + ".";
    if (values.isHistoric()) {
      return note;
    }
    return note
        + " The expected value of a customer is what is still to come"
        + (values.model() == null
            ? ""
            : " within "
                + values.model().horizonDays()
                + " days, discounted by "
                + Format.share(values.model().discountRateMonthly())
                + " a month")
        + ".";
  }

  String trending() {
    var trending = report.trending();
    if (trending.day() == null) {
      return "";
    }
    var body = new StringBuilder();
    for (int window : trending.windows()) {
      body.append("<h3>Over ").append(window).append(" days</h3>\n");
      body.append(
          Html.beside(
              Html.figure(charts.get("trending-" + window)),
              Html.table(
                  ReportTables.trending(
                      "trending_" + window,
                      "Products of the last " + window + " days",
                      trending.of(window)))));
    }
    if (trending.windows().isEmpty()) {
      body.append(Html.empty("Trending products"));
    }
    return Html.section(
        "trending",
        "Trending products",
        "Products whose views rise most, in the days that end on "
            + Format.day(trending.day())
            + " against as many days before them.",
        body.toString());
  }
}
