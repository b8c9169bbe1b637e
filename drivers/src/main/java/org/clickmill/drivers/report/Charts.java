package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.clickmill.drivers.report.Chart.Series;
import org.clickmill.drivers.report.Report.SalesDay;

/** The charts of a report: all of them, and those of sales, products and customers. */
final class Charts {
  private Charts() {}

  static List<Chart> all(Report report) {
    var charts = new ArrayList<Chart>();
    charts.add(
        sales(
            "revenue",
            "Revenue",
            2,
            report,
            SalesDay::revenue,
            SalesDay::revenueAverage,
            SalesDay::revenueLongAverage));
    charts.add(
        sales(
            "orders",
            "Orders",
            0,
            report,
            SalesDay::orders,
            SalesDay::ordersAverage,
            SalesDay::ordersLongAverage));
    charts.addAll(VisitCharts.all(report));
    charts.add(products("top-products-last-day", report.topOfLastDay()));
    charts.add(products("top-products", report.topOfRange()));
    for (int window : report.trending().windows()) {
      charts.add(trending(window, report.trending().of(window)));
    }
    charts.add(groups("categories", report.categories()));
    charts.add(groups("brands", report.brands()));
    charts.add(customerValues(report.customerValues()));
    return charts;
  }

  private static Chart sales(
      String id,
      String unit,
      int digits,
      Report report,
      Function<SalesDay, Number> value,
      Function<SalesDay, BigDecimal> average,
      Function<SalesDay, BigDecimal> longAverage) {
    var days = report.days();
    int averageDigits = Math.max(1, digits);
    return Chart.byDay(
        id,
        unit + " by day",
        "Bar chart of " + unit.toLowerCase(Locale.ROOT) + " by day with trailing averages",
        days.stream().map(SalesDay::day).toList(),
        List.of(
            Series.bars(unit, digits, days.stream().map(value).toList()),
            Series.line(
                "28-day average", "trend", averageDigits, days.stream().map(longAverage).toList()),
            Series.line(
                "7-day average", "average", averageDigits, days.stream().map(average).toList())));
  }

  private static Chart products(String id, List<Report.Product> products) {
    return Chart.ranking(
        id,
        "Views",
        "Bar chart of the products with the most views",
        products.stream()
            .map(
                product ->
                    product.brand() == null
                        ? product.productId()
                        : product.productId() + " " + product.brand())
            .toList(),
        List.of(Series.bars("Views", 0, products.stream().map(Report.Product::views).toList())));
  }

  private static Chart trending(int windowDays, List<TrendingProducts.Product> products) {
    return Chart.ranking(
        "trending-" + windowDays,
        "Views",
        "Bar chart of the views of trending products, in the window and in the one before",
        products.stream().map(TrendingProducts.Product::productId).toList(),
        List.of(
            Series.bars(
                "Last " + windowDays + " days",
                0,
                products.stream().map(TrendingProducts.Product::views).toList()),
            Series.before(
                "The " + windowDays + " days before",
                products.stream().map(TrendingProducts.Product::viewsBefore).toList())));
  }

  private static Chart groups(String id, List<Report.Group> groups) {
    return Chart.ranking(
        id,
        "Revenue",
        "Bar chart of the highest revenues",
        groups.stream().map(Report.Group::value).toList(),
        List.of(Series.bars("Revenue", 2, groups.stream().map(Report.Group::revenue).toList())));
  }

  private static Chart customerValues(CustomerValues values) {
    return Chart.columns(
        "customer-values",
        "Customers by expected value, in steps that grow",
        "Histogram of the expected values of customers",
        values.bins().stream().map(Charts::label).toList(),
        Series.bars(
            "Customers", 0, values.bins().stream().map(CustomerValues.Bin::customers).toList()));
  }

  private static String label(CustomerValues.Bin bin) {
    if (bin.from() == null) {
      return "below " + Format.bound(bin.to());
    }
    return bin.to() == null
        ? Format.bound(bin.from()) + " or more"
        : Format.bound(bin.from()) + " – " + Format.bound(bin.to());
  }
}
