package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Runs every analysis that reads events, in one scan. */
@Command(
    name = "analyze",
    description =
        "Renews the stale tables of all analyses that read events, each day in one scan for"
            + " all of them: view counts, sales, sessions, and what customers and users did that"
            + " day.",
    footer = {"", "Example:", "  clickmill analyze --warehouse shop --last 7d"})
final class AnalyzeCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return Suite.entries(configuration).stream().filter(Entry::isAnalyzed).toList();
  }
}
