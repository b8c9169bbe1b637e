package org.clickmill.drivers.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/**
 * A chart as the page's script draws it: bars by day with a line of averages, or a ranking.
 *
 * @param id of the canvas
 * @param title above it
 * @param description for who cannot see it; the table beside it has the numbers
 * @param unit what the values are
 * @param digits after the decimal point
 * @param labels days in ISO form, or names
 * @param values a bar each; null leaves a gap
 * @param averages a point of the line each, null leaves a gap; null for a ranking
 */
@JsonIgnoreProperties({"title", "description", "empty"})
record Chart(
    @JsonProperty("id") String id,
    String title,
    String description,
    @JsonProperty("unit") String unit,
    @JsonProperty("digits") int digits,
    @JsonProperty("labels") List<String> labels,
    @JsonProperty("values") List<? extends Number> values,
    @JsonProperty("averages") List<BigDecimal> averages) {

  static List<Chart> all(Report report) {
    return List.of(
        byDay(
            "revenue",
            "Revenue",
            2,
            report,
            Report.SalesDay::revenue,
            Report.SalesDay::revenueAverage),
        byDay(
            "orders", "Orders", 0, report, Report.SalesDay::orders, Report.SalesDay::ordersAverage),
        products("top-products-last-day", report.topOfLastDay()),
        products("top-products", report.topOfRange()),
        groups("categories", report.categories()),
        groups("brands", report.brands()));
  }

  boolean isEmpty() {
    return values.stream().noneMatch(Objects::nonNull);
  }

  /** Its height on the page in pixels; a ranking needs a line for every bar. */
  int height() {
    return averages == null ? 50 + 29 * labels.size() : 260;
  }

  private static Chart byDay(
      String id,
      String unit,
      int digits,
      Report report,
      Function<Report.SalesDay, Number> value,
      Function<Report.SalesDay, BigDecimal> average) {
    var days = report.days();
    return new Chart(
        id,
        unit + " by day",
        "Bar chart of " + unit.toLowerCase(Locale.ROOT) + " by day with the trailing 7-day average",
        unit,
        digits,
        days.stream().map(day -> day.day().toString()).toList(),
        days.stream().map(value).toList(),
        days.stream().map(average).toList());
  }

  private static Chart products(String id, List<Report.Product> products) {
    return new Chart(
        id,
        "Views",
        "Bar chart of the products with the most views",
        "Views",
        0,
        products.stream()
            .map(
                product ->
                    product.brand() == null
                        ? product.productId()
                        : product.productId() + " " + product.brand())
            .toList(),
        products.stream().map(Report.Product::views).toList(),
        null);
  }

  private static Chart groups(String id, List<Report.Group> groups) {
    return new Chart(
        id,
        "Revenue",
        "Bar chart of the highest revenues",
        "Revenue",
        2,
        groups.stream().map(Report.Group::value).toList(),
        groups.stream().map(Report.Group::revenue).toList(),
        null);
  }
}
