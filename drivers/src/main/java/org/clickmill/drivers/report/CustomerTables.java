package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.ReportTable.column;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.drivers.report.ReportTable.Kind;
import org.clickmill.formats.event.Money;

/**
 * Counts what customers are worth, by segment and by expected value, as of the last day. Customers
 * without an expected value, since the model has no fit, are counted in the segments only.
 */
final class CustomerTables {
  private static final List<String> COLUMNS = List.of("segment", "revenue", "clv");

  private final DayRows rows;

  CustomerTables(DayRows rows) {
    this.rows = rows;
  }

  /** None without a day. */
  List<ReportTable> tables() throws IOException {
    if (rows.days().isEmpty()) {
      return List.of();
    }
    var day = rows.days().last();
    var histogram = new ValueHistogram();
    var sums = new HashMap<String, Sum>();
    rows.forEach(
        day,
        COLUMNS,
        (where, row) -> {
          double value = row.doubleValue("clv");
          sums.computeIfAbsent(row.text("segment"), name -> new Sum())
              .add(row.longValue("revenue"), value);
          if (Double.isFinite(value)) {
            histogram.add(value);
          }
        });
    var segments =
        new ReportTable(
            "clv_segments",
            "Customers with a purchase who behave alike.",
            day,
            List.of(
                column("segment", Kind.TEXT, rows.column("segment").text()),
                column("customers", Kind.COUNT, "Customers with a purchase line."),
                column("revenue", Kind.MONEY, "Their net revenue of all days."),
                column("mean_revenue", Kind.MONEY, "revenue / customers."),
                column(
                    "expected_value",
                    Kind.MONEY,
                    "Sum of their clv: " + rows.column("clv").text() + " NULL without a model."),
                column("mean_expected_value", Kind.MONEY, "expected_value / customers.")),
            segments(sums));
    var distribution =
        new ReportTable(
            "clv_distribution",
            "Customers by expected value.",
            day,
            List.of(
                column("from_value", Kind.MONEY, "The lowest clv; NULL for no bound."),
                column("below_value", Kind.MONEY, "The clv above it; NULL for no bound."),
                column("customers", Kind.COUNT, "Customers whose clv lies between.")),
            histogram.bins().stream()
                .map(bin -> ReportTable.row(bin.from(), bin.to(), bin.values()))
                .toList());
    return List.of(segments, distribution);
  }

  private static List<List<Object>> segments(Map<String, Sum> sums) {
    var segments = new ArrayList<List<Object>>();
    sums.entrySet().stream()
        .sorted(
            Map.Entry.<String, Sum>comparingByValue(
                    Comparator.<Sum>comparingLong(sum -> sum.revenue).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> segments.add(entry.getValue().row(entry.getKey())));
    return segments;
  }

  private static final class Sum {
    private long customers;
    private long revenue;
    private long valued;
    private double value;

    void add(long customerRevenue, double customerValue) {
      customers++;
      revenue = Math.addExact(revenue, customerRevenue);
      if (Double.isFinite(customerValue)) {
        valued++;
        value += customerValue;
      }
    }

    List<Object> row(String segment) {
      return ReportTable.row(
          segment,
          customers,
          Money.decimal(revenue),
          Money.decimal(Money.average(revenue, customers)),
          valued == 0 ? null : amount(value),
          valued == 0 ? null : amount(value / valued));
    }

    private static BigDecimal amount(double value) {
      return BigDecimal.valueOf(value).setScale(Money.SCALE, RoundingMode.HALF_EVEN);
    }
  }
}
