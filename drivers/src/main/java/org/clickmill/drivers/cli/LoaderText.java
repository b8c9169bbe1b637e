package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clickmill.jobs.load.LoaderStatus;

/** Tells people how far topics are loaded. */
final class LoaderText {
  private static final String UNKNOWN = "?";

  private LoaderText() {}

  static List<String> lines(LoaderStatus status) {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "load: commit %d%s, newest sealed hour %s, %,d late events wait (load --fold-late)",
            status.commit(),
            status.isCarriedOut() ? "" : " (not carried out yet; the next load does)",
            status.newestSealedHour() == null ? "none" : status.newestSealedHour(),
            status.lateWaiting()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%-24s %14s %14s %12s %12s %10s %10s",
            "partition",
            "committed",
            "end",
            "lag",
            "events",
            "late",
            "rejected"));
    for (var part : status.partitions()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-24s %14d %14s %12s %,12d %,10d %,10d",
              part.topic() + "-" + part.partition(),
              part.committed(),
              part.end() == null ? UNKNOWN : part.end(),
              part.lag() == null ? UNKNOWN : String.format(Locale.ROOT, "%,d", part.lag()),
              part.events(),
              part.late(),
              part.rejected()));
    }
    return lines;
  }
}
