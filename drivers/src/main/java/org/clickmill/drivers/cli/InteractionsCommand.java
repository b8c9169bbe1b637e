package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Rates products by what users did with them. */
@Command(
    name = "interactions",
    description =
        "Renews interactions: implicit ratings of users and products over the days of"
            + " clickmill.interactions.window-days up to the last day, with dense indexes for"
            + " matrix factorization, and the dictionaries of these indexes.",
    footer = {
      "",
      "Example:",
      "  clickmill interactions --warehouse shop \\",
      "      -D clickmill.interactions.window-days=7"
    })
final class InteractionsCommand extends TablesCommand {
  @Mixin private SnapshotOptions snapshots;

  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("interactions", configuration);
  }

  @Override
  boolean everyDay() {
    return snapshots.everyDay();
  }
}
