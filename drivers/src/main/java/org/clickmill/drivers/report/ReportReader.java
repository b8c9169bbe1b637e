package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.clickmill.drivers.report.Report.SalesDay;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.SuiteVersion;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads what a report tells from a warehouse. */
public final class ReportReader {
  private final Warehouse warehouse;
  private final Clock clock;

  public ReportReader(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /**
   * Reads the tables of a range of days.
   *
   * @param from the first day; null for the first with sales, or with any table where there are no
   *     sales
   * @param to the last day; null for the last of these
   * @throws ClickmillException of kind not ready if the range holds no day of any table
   */
  public Report read(LocalDate from, LocalDate to) throws IOException {
    var sales = new WarehouseTables(warehouse, Topic.SALES.dataset(), from, to);
    var known = sales.days().isEmpty() ? daysOfAnyTable(from, to) : sales.days();
    if (known.isEmpty()) {
      throw ClickmillException.notReady(
          "Missing tables in warehouse %s%s (pipeline makes them)",
          warehouse.root(), range(from, to));
    }
    var first = from == null ? known.first() : from;
    var last = to == null ? known.last() : to;
    var products = new ProductsReader(warehouse, first, last);
    var groups = new GroupsReader(warehouse, first, last);
    var days = new SalesDaysReader(warehouse, first, last).read();
    var revenue =
        days.stream()
            .filter(SalesDay::isPresent)
            .map(SalesDay::revenue)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var quality = new QualityReader(warehouse, first, last);
    return new Report(
        warehouse.root().toString(),
        SuiteVersion.text(),
        clock.instant(),
        first,
        last,
        days,
        products.lastDay(),
        products.topOfLastDay(),
        products.topOfRange(),
        groups.top("sales_by_category", revenue),
        groups.top("sales_by_brand", revenue),
        new SessionsReader(warehouse, first, last).read(),
        new FunnelReader(warehouse, first, last).read(),
        new CartsReader(warehouse, first, last).read(),
        new CustomersReader(warehouse, first, last).read(),
        new TrendingReader(warehouse, first, last).read(),
        quality.read(sales),
        missing(first, last));
  }

  private NavigableSet<LocalDate> daysOfAnyTable(LocalDate from, LocalDate to) throws IOException {
    var days = new TreeSet<LocalDate>();
    for (var topic : Topic.values()) {
      days.addAll(new WarehouseTables(warehouse, topic.dataset(), from, to).days());
    }
    return days;
  }

  private static String range(LocalDate from, LocalDate to) {
    return (from == null ? "" : " from " + from) + (to == null ? "" : " to " + to);
  }

  /** The parts that have no table of these days. */
  private Set<Topic> missing(LocalDate first, LocalDate last) throws IOException {
    var missing = EnumSet.noneOf(Topic.class);
    for (var topic : Topic.values()) {
      if (new WarehouseTables(warehouse, topic.dataset(), first, last).days().isEmpty()) {
        missing.add(topic);
      }
    }
    return missing;
  }
}
