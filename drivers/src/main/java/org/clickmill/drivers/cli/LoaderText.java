package org.clickmill.drivers.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.clickmill.jobs.load.LateEvents;
import org.clickmill.jobs.load.LoadOutcome;
import org.clickmill.jobs.load.LoaderStatus;

/** Tells people what a load did, and how far topics are loaded. */
final class LoaderText {
  private static final String UNKNOWN = "?";
  private static final String NO_LATE_EVENTS = "Nothing to do: no late events.";

  private LoaderText() {}

  /** How far topics are loaded. */
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

  /** What would be loaded. */
  static String ofPlan(LoadOutcome plan) {
    var lines = new ArrayList<String>();
    for (var part : plan.partitions()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s-%d: offsets %d to %d, %,d to load",
              part.topic(),
              part.partition(),
              part.start(),
              part.end(),
              part.end() - part.start()));
    }
    plan.lost().forEach(range -> lines.add("lost: " + range));
    lines.add("Nothing was run.");
    return String.join(System.lineSeparator(), lines);
  }

  /** What would be folded. */
  static String ofFoldPlan(LateEvents.Plan plan) {
    if (plan.late().isEmpty()) {
      return NO_LATE_EVENTS;
    }
    var lines = new ArrayList<String>();
    for (var hour : plan.late()) {
      lines.add(
          String.format(Locale.ROOT, "%s: %,d late events to fold", hour.hour(), hour.events()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d late events for %,d hours; %,d empty hours to seal. Nothing was run.",
            plan.events(),
            plan.late().size(),
            plan.hoursSealed()));
    return String.join(System.lineSeparator(), lines);
  }

  /** What was folded. */
  static String of(LateEvents.Folded folded) {
    return folded.hours() == 0
        ? NO_LATE_EVENTS
        : String.format(
            Locale.ROOT,
            "%,d late events folded into %,d hours%s; %,d empty hours sealed.",
            folded.events(),
            folded.hours(),
            ImportCommand.counted(", %,d forgotten ones dropped", folded.forgotten()),
            folded.hoursSealed());
  }

  /** What was loaded. */
  static String of(LoadOutcome outcome) {
    if (outcome.commit() == 0) {
      return "Nothing to do: no new records, and no hour to seal.";
    }
    var total = outcome.total();
    return String.format(
        Locale.ROOT,
        "Commit %d: %,d records%s = %,d events + %,d late + %,d rejected + %,d without a value%s;"
            + " %,d offsets have none.%n%,d hours sealed%s",
        outcome.commit(),
        total.records(),
        ImportCommand.counted(" + %,d more of several in a record", total.added()),
        total.events(),
        total.late(),
        total.rejected(),
        total.tombstones(),
        ImportCommand.counted(" + %,d filtered", total.filtered())
            + ImportCommand.counted(" + %,d forgotten", total.forgotten()),
        total.gaps(),
        outcome.hoursSealed(),
        outcome.sealedThrough() == null ? "." : ", all before " + outcome.sealedThrough() + ".");
  }
}
