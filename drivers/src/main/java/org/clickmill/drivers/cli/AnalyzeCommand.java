package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.jobs.ingest.CompactJob;
import picocli.CommandLine.Command;

/** Runs every analysis that reads events, in one scan. */
@Command(
    name = "analyze",
    description = {
      "Renews the stale tables of all analyses that read events, each day in one scan for all of",
      "them: view counts and sales."
    },
    footer = {"", "Example:", "  clickmill analyze --warehouse shop --last 7d"})
final class AnalyzeCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    var daily = CompactJob.table().dataset();
    return Suite.entries(configuration).stream()
        .filter(entry -> entry.table().input().equals(daily))
        .toList();
  }
}
