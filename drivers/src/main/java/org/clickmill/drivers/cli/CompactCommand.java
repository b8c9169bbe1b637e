package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Makes days of hours. */
@Command(
    name = "compact",
    description = {
      "Sorts the hours of each stale day into one partition of events_daily and drops"
          + " duplicates.",
      "A day is compacted when all its 24 hours are sealed."
    },
    footer = {
      "",
      "Example:",
      "  clickmill compact --warehouse shop --from 2019-10-01 --to 2019-10-07"
    })
final class CompactCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("compact", configuration);
  }
}
