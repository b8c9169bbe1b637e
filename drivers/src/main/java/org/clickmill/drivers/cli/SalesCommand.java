package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Adds up sales. */
@Command(
    name = "sales",
    description =
        "Renews the sales tables that clickmill.sales.tables names: revenue, orders, units"
            + " and averages of the shop and by category, brand and product, by minute, hour,"
            + " day, week, month.",
    footer = {
      "",
      "Example:",
      "  clickmill sales --warehouse shop -D clickmill.sales.tables=sales,sales_weekly"
    })
final class SalesCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("sales", configuration);
  }
}
