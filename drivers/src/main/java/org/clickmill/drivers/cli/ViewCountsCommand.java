package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Counts views and visitors. */
@Command(
    name = "view-counts",
    description =
        "Renews view_counts and view_counts_hourly: views and distinct visitors of each"
            + " product, by day and by hour.",
    footer = {"", "Example:", "  clickmill view-counts --warehouse shop --day 2019-10-01"})
final class ViewCountsCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("view-counts", configuration);
  }
}
