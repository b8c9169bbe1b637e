package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.clickmill.drivers.report.CustomerValues.Model;
import org.clickmill.drivers.report.CustomerValues.Parameter;
import org.clickmill.drivers.report.CustomerValues.Segment;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Warehouse;

/** Reads what customers are worth, from the newest table. */
final class CustomersReader {
  private static final List<String> PURCHASE_PARAMETERS =
      List.of("r", "alpha", "a", "b", "bgnbd_log_likelihood");
  private static final List<String> VALUE_PARAMETERS =
      List.of("p", "q", "v", "gamma_gamma_log_likelihood");

  private final Warehouse warehouse;
  private final WarehouseTables table;

  CustomersReader(Warehouse warehouse, LocalDate from, LocalDate to) throws IOException {
    this.warehouse = warehouse;
    this.table = new WarehouseTables(warehouse, Topic.CLV.dataset(), from, to);
  }

  CustomerValues read() throws IOException {
    if (table.days().isEmpty()) {
      return CustomerValues.NONE;
    }
    var day = table.days().last();
    var model = model(day);
    boolean isHistoric = model != null && !model.converged();
    var histogram = new ValueHistogram();
    var sums = new HashMap<String, Sum>();
    var all = new Sum();
    table.forEach(
        day,
        (where, row) -> {
          long revenue = row.longValue("revenue");
          double value = isHistoric ? Double.NaN : row.doubleValue("clv");
          sums.computeIfAbsent(row.text("segment"), name -> new Sum()).add(revenue, value);
          all.add(revenue, value);
          if (Double.isFinite(value)) {
            histogram.add(value);
          }
        });
    return new CustomerValues(
        day,
        all.customers,
        Money.decimal(all.revenue),
        all.valued == 0 ? null : amount(all.value),
        model,
        histogram.bins(),
        segments(sums, all.customers));
  }

  private static List<Segment> segments(HashMap<String, Sum> sums, long customers) {
    var segments = new ArrayList<Segment>();
    sums.forEach(
        (name, sum) ->
            segments.add(
                new Segment(
                    name,
                    sum.customers,
                    Ratio.of(sum.customers, customers),
                    Money.decimal(sum.revenue),
                    Money.decimal(Money.average(sum.revenue, sum.customers)),
                    sum.valued == 0 ? null : amount(sum.value / sum.valued))));
    segments.sort(Comparator.comparing(Segment::revenue).reversed().thenComparing(Segment::name));
    return segments;
  }

  /** The model of a day, or null. */
  private Model model(LocalDate day) throws IOException {
    var models = new ArrayList<Model>();
    new WarehouseTables(warehouse, "clv_model", day, day)
        .forEach((where, row) -> models.add(model(row)));
    return models.isEmpty() ? null : models.get(0);
  }

  private static Model model(TableReader row) {
    var parameters = new ArrayList<Parameter>();
    var purchases = textOr(row, "purchase_model", "BG/NBD");
    var values = textOr(row, "spend_model", "Gamma-Gamma");
    PURCHASE_PARAMETERS.forEach(name -> parameters.add(parameter(purchases, name, row)));
    VALUE_PARAMETERS.forEach(name -> parameters.add(parameter(values, name, row)));
    return new Model(
        Math.toIntExact(row.longValue("horizon_days")),
        row.doubleValue("discount_rate_monthly"),
        parameters,
        row.longValue("customers"),
        row.longValue("repeat_customers"),
        row.booleanValue("converged"),
        textOr(row, "reason", null));
  }

  /** The text of a column that older tables lack, or other text where it is NULL or missing. */
  private static String textOr(TableReader row, String name, String other) {
    boolean isThere = row.columns().stream().anyMatch(column -> column.name().equals(name));
    var text = isThere ? row.text(name) : null;
    return text == null ? other : text;
  }

  private static Parameter parameter(String model, String name, TableReader row) {
    double value = row.doubleValue(name);
    return new Parameter(model, name, Double.isNaN(value) ? null : value);
  }

  private static BigDecimal amount(double value) {
    return BigDecimal.valueOf(value).setScale(Money.SCALE, RoundingMode.HALF_EVEN);
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
  }
}
