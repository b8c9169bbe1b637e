package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import picocli.CommandLine.Command;

/** Divides events into sessions. */
@Command(
    name = "sessions",
    description = {
      "Renews sessions: a visitor's events without a gap of more than 30 minutes, at most"
          + " 24 hours long.",
      "The last day is provisional until the day after it is there. Every funnel is"
          + " evaluated on the way, for the command funnel to add up."
    },
    footer = {"", "Example:", "  clickmill sessions --warehouse shop --last 7d"})
final class SessionsCommand extends TablesCommand {
  @Override
  List<Entry> entries(Configuration configuration) {
    return entriesOf("sessions", configuration);
  }
}
