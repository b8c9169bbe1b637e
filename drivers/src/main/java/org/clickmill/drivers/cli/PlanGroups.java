package org.clickmill.drivers.cli;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.clickmill.drivers.pipeline.PlannedPartition;

/**
 * Planned partitions in few lines: days that follow each other and have reasons of one form are one
 * line, and so are the tables to which this happens on the same days.
 */
final class PlanGroups {
  /** How many tables a line names; all of them if there is just one more. */
  private static final int NAMED = 4;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

  /** A list of partitions of one dataset, of which some may be left out. */
  private static final Pattern LIST =
      Pattern.compile("([a-z_]+/dt=#-#-#(?:/hr=#)?)(?:, \\1)*(?: and # more)?");

  private PlanGroups() {}

  /**
   * Periods of one table that follow each other.
   *
   * @param form of the reasons, without their numbers
   */
  private record Period(List<PlannedPartition> partitions, String form) {
    String table() {
      return partitions.get(0).entry().table().dataset();
    }

    PlannedPartition last() {
      return partitions.get(partitions.size() - 1);
    }

    boolean isContinuedBy(PlannedPartition next) {
      var days = next.entry().table().grain().days(last().start());
      return days.get(days.size() - 1).plusDays(1).equals(next.start())
          && formOf(next.reason()).equals(form);
    }

    /** Equal for periods that share a line. */
    Line line() {
      return new Line(partitions.get(0).partition().path(), last().partition().path(), form);
    }
  }

  private record Line(String first, String last, String form) {}

  /** One line for each group, in the order of its first partition. */
  static List<String> of(List<PlannedPartition> planned) {
    var groups = new LinkedHashMap<Line, List<Period>>();
    for (var period : periods(planned)) {
      groups.computeIfAbsent(period.line(), line -> new ArrayList<>()).add(period);
    }
    return groups.values().stream().map(PlanGroups::text).toList();
  }

  private static List<Period> periods(List<PlannedPartition> planned) {
    var byTable = new LinkedHashMap<String, List<PlannedPartition>>();
    for (var partition : planned) {
      byTable
          .computeIfAbsent(partition.entry().table().dataset(), table -> new ArrayList<>())
          .add(partition);
    }
    var periods = new ArrayList<Period>();
    for (var partitions : byTable.values()) {
      partitions.sort(Comparator.comparing(PlannedPartition::start, LocalDate::compareTo));
      Period current = null;
      for (var partition : partitions) {
        if (current == null || !current.isContinuedBy(partition)) {
          current = new Period(new ArrayList<>(), formOf(partition.reason()));
          periods.add(current);
        }
        current.partitions().add(partition);
      }
    }
    return periods;
  }

  private static String formOf(String reason) {
    return LIST.matcher(DIGITS.matcher(reason).replaceAll("#")).replaceAll("$1");
  }

  private static String text(List<Period> group) {
    var first = group.get(0).partitions().get(0);
    if (group.size() == 1 && group.get(0).partitions().size() == 1) {
      return first.partition() + "  (" + first.reason() + ")";
    }
    long count = group.stream().mapToLong(period -> period.partitions().size()).sum();
    var last = group.get(0).last();
    return String.format(
        Locale.ROOT,
        "%s/%s%s  (%,d partitions; the first: %s)",
        tables(group.stream().map(Period::table).toList()),
        first.partition().path(),
        last.equals(first) ? "" : " to " + last.partition().path(),
        count,
        first.reason());
  }

  private static String tables(List<String> tables) {
    if (tables.size() == 1) {
      return tables.get(0);
    }
    if (tables.size() <= NAMED + 1) {
      return "{" + String.join(", ", tables) + "}";
    }
    return "{"
        + String.join(", ", tables.subList(0, NAMED))
        + " and "
        + (tables.size() - NAMED)
        + " more}";
  }
}
