package org.clickmill.drivers.report;

import static org.clickmill.drivers.report.Table.column;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.drivers.report.CustomerValues.Parameter;
import org.clickmill.drivers.report.Table.Kind;

/** The tables of what customers are worth. */
final class CustomerTables {
  private CustomerTables() {}

  static List<Table> all(CustomerValues values) {
    return List.of(distribution(values), segments(values), model(values));
  }

  static Table distribution(CustomerValues values) {
    return Table.of(
        "clv_distribution",
        "Customers by expected value",
        List.of(
            column("clv_from", "From", Kind.MONEY),
            column("clv_to", "Below", Kind.MONEY),
            column("customers", "Customers", Kind.COUNT)),
        values.bins(),
        bin -> Table.row(bin.from(), bin.to(), bin.customers()));
  }

  static Table segments(CustomerValues values) {
    return Table.of(
        "clv_segments",
        "Segments by revenue",
        List.of(
            column("segment", "Segment", Kind.TEXT),
            column("customers", "Customers", Kind.COUNT),
            column("share", "Share", Kind.SHARE),
            column("revenue", "Revenue", Kind.MONEY),
            column("mean_revenue", "Mean", Kind.MONEY),
            column("mean_clv", "Mean CLV", Kind.MONEY)),
        values.segments(),
        segment ->
            Table.row(
                segment.name(),
                segment.customers(),
                segment.share(),
                segment.revenue(),
                segment.meanRevenue(),
                segment.meanClv()));
  }

  static Table model(CustomerValues values) {
    var model = values.model();
    var parameters = new ArrayList<Parameter>();
    if (model != null) {
      parameters.add(new Parameter("Value", "horizon_days", (double) model.horizonDays()));
      parameters.add(new Parameter("Value", "discount_rate_monthly", model.discountRateMonthly()));
      parameters.addAll(model.parameters());
    }
    return Table.of(
        "clv_model",
        "Parameters of the model",
        List.of(
            column("model", "Model", Kind.TEXT),
            column("parameter", "Parameter", Kind.TEXT),
            column("value", "Value", Kind.NUMBER)),
        parameters,
        parameter -> Table.row(parameter.model(), parameter.name(), parameter.value()));
  }
}
