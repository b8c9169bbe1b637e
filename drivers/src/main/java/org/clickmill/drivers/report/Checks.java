package org.clickmill.drivers.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.clickmill.drivers.report.Report.Check;

/** Compares figures that come from two tables, day by day. */
final class Checks {
  private static final String STALE =
      "They should agree. One of the tables was made before the other's input changed:"
          + " clickmill status --details says which is stale, clickmill pipeline renews it.";
  private static final String PARTS =
      "An order counts once in every %s that it has a line of, so the parts are more than the whole.";

  /**
   * A figure of two tables.
   *
   * @param expected why they may differ; null if they may not
   */
  private record Pair(
      String table, String column, String other, String otherColumn, String expected) {
    static Pair same(String table, String column, String other) {
      return new Pair(table, column, other, column, null);
    }
  }

  private static final List<Pair> PAIRS =
      List.of(
          Pair.same("sales", "revenue", "sales_by_category"),
          Pair.same("sales", "revenue", "sales_by_brand"),
          Pair.same("sales", "revenue", "sales_by_product"),
          Pair.same("sales", "revenue", "sales_hourly"),
          Pair.same("sales", "revenue", "sales_trend"),
          Pair.same("sales", "revenue", "daily_summary"),
          Pair.same("sales", "orders", "daily_summary"),
          Pair.same("sales", "units_sold", "sales_by_product"),
          new Pair("sales", "orders", "sales_by_brand", "orders", PARTS.formatted("brand")),
          new Pair("sales", "orders", "sales_by_category", "orders", PARTS.formatted("category")),
          Pair.same("sessions", "sessions", "daily_summary"),
          Pair.same("sessions", "sessions", "traffic_by_traffic_source"),
          Pair.same("sessions", "sessions_with_purchase", "traffic_by_device"),
          new Pair(
              "sales",
              "revenue",
              "traffic_by_traffic_source",
              "revenue",
              "Traffic counts the revenue of a session on the day on which the session started, so"
                  + " lines after midnight are of the day before."),
          Pair.same("events", "events", "daily_summary"),
          new Pair(
              "daily_summary",
              "views",
              "views_by_product",
              "views",
              "Views without a product are in no row by product."));

  private Checks() {}

  /** Of the tables that there are; days that one of the two does not have are left out. */
  static List<Check> of(Map<String, ReportTable> tables) {
    return PAIRS.stream()
        .map(
            pair -> {
              var table = tables.get(pair.table());
              var other = tables.get(pair.other());
              return table == null || other == null
                  ? Optional.<Check>empty()
                  : check(pair, sums(table, pair.column()), sums(other, pair.otherColumn()));
            })
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Check> check(
      Pair pair, Map<LocalDate, BigDecimal> sums, Map<LocalDate, BigDecimal> others) {
    int days = 0;
    int differing = 0;
    var total = BigDecimal.ZERO;
    var otherTotal = BigDecimal.ZERO;
    for (var entry : sums.entrySet()) {
      var other = others.get(entry.getKey());
      if (other != null) {
        days++;
        differing += other.compareTo(entry.getValue()) == 0 ? 0 : 1;
        total = total.add(entry.getValue());
        otherTotal = otherTotal.add(other);
      }
    }
    if (days == 0) {
      return Optional.empty();
    }
    var reason = differing == 0 ? null : pair.expected() == null ? STALE : pair.expected();
    return Optional.of(
        new Check(
            pair.column(),
            pair.table(),
            pair.other(),
            days,
            differing,
            total,
            otherTotal,
            pair.expected() != null,
            reason));
  }

  private static Map<LocalDate, BigDecimal> sums(ReportTable table, String column) {
    int place = table.ordinal(column);
    var sums = new HashMap<LocalDate, BigDecimal>();
    for (var row : table.rows()) {
      if (row.get(0) instanceof LocalDate day && row.get(place) != null) {
        sums.merge(day, new BigDecimal(row.get(place).toString()), BigDecimal::add);
      }
    }
    return sums;
  }
}
