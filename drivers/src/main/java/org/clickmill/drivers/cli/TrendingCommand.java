package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Ranks products by how their views grew. */
@Command(
    name = "trending",
    description =
        "Renews trending: products by the growth of their views, in each window of days"
            + " that clickmill.trending.windows names against the window before it, from"
            + " view_counts.",
    footer = {"", "Example:", "  clickmill trending --warehouse shop --day 2019-10-28"})
final class TrendingCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("trending", configuration);
  }
}
