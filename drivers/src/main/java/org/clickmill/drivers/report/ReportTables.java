package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.report.Table.Kind;

/** The tables of a report: all of them, and those of sales, products and data quality. */
final class ReportTables {
  private ReportTables() {}

  /** All tables; those of parts that are left out have no rows. */
  static List<Table> all(Report report) {
    var tables = new ArrayList<Table>();
    tables.add(daily(report));
    tables.addAll(VisitTables.all(report));
    tables.add(topOfLastDay(report));
    tables.add(topOfRange(report));
    tables.add(trending("trending", "Trending products", report.trending().products()));
    tables.add(categories(report));
    tables.add(brands(report));
    tables.addAll(CustomerTables.all(report.customerValues()));
    tables.add(rejects(report));
    return tables;
  }

  static Table daily(Report report) {
    return Table.of(
        "sales_by_day",
        "Sales by day in numbers",
        List.of(
            column("day", "Day", Kind.DAY),
            column("revenue", "Revenue", Kind.MONEY),
            column("revenue_average_7d", "7-day average", Kind.MONEY),
            column("revenue_average_28d", "28-day average", Kind.MONEY),
            column("gross_revenue", "Gross revenue", Kind.MONEY),
            column("orders", "Orders", Kind.COUNT),
            column("orders_average_7d", "7-day average", Kind.AVERAGE),
            column("orders_average_28d", "28-day average", Kind.AVERAGE),
            column("units_sold", "Units sold", Kind.COUNT),
            column("average_order_value", "Average order", Kind.MONEY)),
        report.days(),
        day ->
            Table.row(
                day.day(),
                day.revenue(),
                day.revenueAverage(),
                day.revenueLongAverage(),
                day.grossRevenue(),
                day.orders(),
                day.ordersAverage(),
                day.ordersLongAverage(),
                day.unitsSold(),
                day.averageOrderValue()));
  }

  static Table topOfLastDay(Report report) {
    return Table.of(
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
            Table.row(
                product.rank(),
                product.productId(),
                product.brand(),
                product.categoryCode(),
                product.views(),
                product.visitors()));
  }

  static Table topOfRange(Report report) {
    return Table.of(
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
            Table.row(
                product.rank(),
                product.productId(),
                product.brand(),
                product.categoryCode(),
                product.views()));
  }

  /** Products that rise, of one window or of all. */
  static Table trending(String name, String caption, List<TrendingProducts.Product> products) {
    return Table.of(
        name,
        caption,
        List.of(
            column("window_days", "Days", Kind.COUNT),
            column("rank", "Rank", Kind.COUNT),
            column("product_id", "Product", Kind.TEXT),
            column("views", "Views", Kind.COUNT),
            column("views_before", "Views before", Kind.COUNT),
            column("growth", "Growth", Kind.SHARE),
            column("is_new", "New", Kind.FLAG)),
        products,
        product ->
            Table.row(
                product.windowDays(),
                product.rank(),
                product.productId(),
                product.views(),
                product.viewsBefore(),
                product.growth(),
                product.isNew()));
  }

  static Table categories(Report report) {
    return groups("sales_by_category", "Category", "Categories by revenue", report.categories());
  }

  static Table brands(Report report) {
    return groups("sales_by_brand", "Brand", "Brands by revenue", report.brands());
  }

  static Table rejects(Report report) {
    return Table.of(
        "rejects",
        "Rejected records by reason",
        List.of(
            column("reason", "Reason", Kind.TEXT),
            column("records", "Records", Kind.COUNT),
            column("example", "Example", Kind.TEXT)),
        report.quality().rejects(),
        reason -> Table.row(reason.reason(), reason.records(), reason.example()));
  }

  private static Table groups(
      String name, String label, String caption, List<Report.Group> groups) {
    return Table.of(
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
            Table.row(
                group.rank(),
                group.value(),
                group.revenue(),
                group.share(),
                group.orders(),
                group.unitsSold()));
  }
}
