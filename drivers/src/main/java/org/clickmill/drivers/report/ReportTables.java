package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.Table.column;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.clickmill.drivers.report.Table.Column;
import org.clickmill.drivers.report.Table.Kind;

/** The tables of a report. */
final class ReportTables {
  private ReportTables() {}

  static List<Table> all(Report report) {
    return List.of(
        daily(report),
        topOfLastDay(report),
        topOfRange(report),
        categories(report),
        brands(report),
        rejects(report));
  }

  static Table daily(Report report) {
    return table(
        "sales_by_day",
        "Sales by day in numbers",
        List.of(
            column("day", "Day", Kind.DAY),
            column("revenue", "Revenue", Kind.MONEY),
            column("revenue_average_7d", "7-day average", Kind.MONEY),
            column("gross_revenue", "Gross revenue", Kind.MONEY),
            column("orders", "Orders", Kind.COUNT),
            column("orders_average_7d", "7-day average", Kind.AVERAGE),
            column("units_sold", "Units sold", Kind.COUNT),
            column("average_order_value", "Average order", Kind.MONEY)),
        report.days(),
        day ->
            Arrays.asList(
                day.day(),
                day.revenue(),
                day.revenueAverage(),
                day.grossRevenue(),
                day.orders(),
                day.ordersAverage(),
                day.unitsSold(),
                day.averageOrderValue()));
  }

  static Table topOfLastDay(Report report) {
    return table(
        "top_products_last_day",
        report.lastDay() == null
            ? "Products of the last day"
            : "Products of " + Format.day(report.lastDay()),
        List.of(
            column("rank", "Rank", Kind.COUNT),
            column("product_id", "Product", Kind.TEXT),
            column("brand", "Brand", Kind.TEXT),
            column("category_code", "Category", Kind.TEXT),
            column("views", "Views", Kind.COUNT),
            column("visitors", "Visitors", Kind.COUNT)),
        report.topOfLastDay(),
        product ->
            Arrays.asList(
                product.rank(),
                product.productId(),
                product.brand(),
                product.categoryCode(),
                product.views(),
                product.visitors()));
  }

  static Table topOfRange(Report report) {
    return table(
        "top_products",
        "Products over all days",
        List.of(
            column("rank", "Rank", Kind.COUNT),
            column("product_id", "Product", Kind.TEXT),
            column("brand", "Brand", Kind.TEXT),
            column("category_code", "Category", Kind.TEXT),
            column("views", "Views", Kind.COUNT)),
        report.topOfRange(),
        product ->
            Arrays.asList(
                product.rank(),
                product.productId(),
                product.brand(),
                product.categoryCode(),
                product.views()));
  }

  static Table categories(Report report) {
    return groups("sales_by_category", "Category", "Categories by revenue", report.categories());
  }

  static Table brands(Report report) {
    return groups("sales_by_brand", "Brand", "Brands by revenue", report.brands());
  }

  static Table rejects(Report report) {
    return table(
        "rejects",
        "Rejected records by reason",
        List.of(
            column("reason", "Reason", Kind.TEXT),
            column("records", "Records", Kind.COUNT),
            column("example", "Example", Kind.TEXT)),
        report.quality().rejects(),
        reason -> Arrays.asList(reason.reason(), reason.records(), reason.example()));
  }

  private static Table groups(
      String name, String label, String caption, List<Report.Group> groups) {
    return table(
        name,
        caption,
        List.of(
            column("rank", "Rank", Kind.COUNT),
            column("value", label, Kind.TEXT),
            column("revenue", "Revenue", Kind.MONEY),
            column("share", "Share", Kind.SHARE),
            column("orders", "Orders", Kind.COUNT),
            column("units_sold", "Units sold", Kind.COUNT)),
        groups,
        group ->
            Arrays.asList(
                group.rank(),
                group.value(),
                group.revenue(),
                group.share(),
                group.orders(),
                group.unitsSold()));
  }

  private static <T> Table table(
      String name,
      String caption,
      List<Column> columns,
      List<T> items,
      Function<T, List<Object>> row) {
    // Rows may hold nulls, which List.copyOf refuses.
    return new Table(
        name,
        caption,
        columns,
        items.stream().map(row).map(Collections::unmodifiableList).toList());
  }
}
