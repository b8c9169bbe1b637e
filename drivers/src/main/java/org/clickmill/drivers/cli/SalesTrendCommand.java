package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Averages sales over trailing days. */
@Command(
    name = "sales-trend",
    description =
        "Renews the sales trend tables that clickmill.sales-trend.tables names: revenue and"
            + " orders of each day with their averages over 7 and 28 days, and the same day of"
            + " the week before.",
    footer = {"", "Example:", "  clickmill sales-trend --warehouse shop --last 28d"})
final class SalesTrendCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("sales-trend", configuration);
  }
}
