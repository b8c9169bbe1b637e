package org.clickmill.drivers.upgrade;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.clickmill.drivers.pipeline.PlannedPartition;

/**
 * What this version would compute again of a warehouse, and from how much.
 *
 * @param reader this version, and the format that it writes
 * @param writers whose manifests there are
 * @param loaderCommit the newest commit of the loader, which was read; null if there is none
 * @param recomputed what would be computed again, by when, table and reason
 * @param costs the bytes to read for all of it, by when
 * @param unknown datasets that this version does not make with these settings
 * @param left what stays as it is
 */
public record UpgradeReport(
    Writer reader,
    List<Written> writers,
    Long loaderCommit,
    List<Line> recomputed,
    List<Cost> costs,
    List<Unknown> unknown,
    Left left) {

  /** When a partition would be computed again. */
  public enum When {
    /** By the next {@code pipeline}. */
    NEXT_RUN("pipeline computes, as it would any time:"),
    IF_INPUT_CHANGES("pipeline computes again, if that changes their input:"),
    /** By {@code pipeline --recompute-outdated}. */
    WHEN_ASKED("pipeline --recompute-outdated computes again:"),
    IF_ASKED_CHANGES("pipeline --recompute-outdated computes again, if that changes their input:"),
    NEVER("Cannot be computed again, since input has expired; they stay as they are:");

    private final String title;

    When(String title) {
      this.title = title;
    }
  }

  /**
   * A version of the suite.
   *
   * @param suiteVersion as {@code clickmill --version} tells it
   * @param formatVersion of its manifests
   */
  public record Writer(String suiteVersion, int formatVersion) implements Comparable<Writer> {
    @Override
    public int compareTo(Writer other) {
      return Comparator.comparing(Writer::suiteVersion, Comparator.nullsFirst(String::compareTo))
          .thenComparingInt(Writer::formatVersion)
          .compare(this, other);
    }

    private String text() {
      return suiteVersion + " (format " + formatVersion + ")";
    }
  }

  /** How many manifests a version has written. */
  public record Written(Writer writer, long manifests) {}

  /**
   * Partitions of a table that would be computed again for one reason.
   *
   * @param from first day
   * @param to start of the last period
   * @param inputBytes of the files that they are made from; of those of windows once for each
   */
  public record Line(
      When when,
      String table,
      String reason,
      long partitions,
      LocalDate from,
      LocalDate to,
      long inputBytes) {
    private String text() {
      return String.format(
          Locale.ROOT,
          "  %-24s %,8d partitions, %s to %s, %,16d bytes  (%s)",
          table,
          partitions,
          from,
          to,
          inputBytes,
          reason);
    }
  }

  /**
   * What all tables together cost.
   *
   * @param bytes to read of what is there already: a scan that makes several tables reads once, and
   *     a window reads days for each of its own
   */
  public record Cost(When when, long partitions, long bytes) {}

  /** A dataset with partitions that this version does not make. */
  public record Unknown(String dataset, long partitions) {}

  /** Partitions that nothing is done for. */
  public record Left(long fresh, long notReady) {}

  /** The same for people. */
  public String text() {
    var lines = new ArrayList<String>();
    lines.add(firstLine());
    for (var when : When.values()) {
      var some = recomputed.stream().filter(line -> line.when() == when).toList();
      if (!some.isEmpty()) {
        lines.add(when.title);
        some.forEach(line -> lines.add(line.text()));
      }
    }
    unknown.forEach(
        one ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "This version does not make %s with these settings; its %,d partitions stay.",
                    one.dataset(),
                    one.partitions())));
    lines.add(lastLine());
    return String.join(System.lineSeparator(), lines);
  }

  private String firstLine() {
    if (writers.isEmpty()) {
      return "This is " + reader.text() + ". Nothing is published yet.";
    }
    return String.format(
        Locale.ROOT,
        "This is %s. It has read the %,d manifests of %s%s; nothing has to be converted.",
        reader.text(),
        writers.stream().mapToLong(Written::manifests).sum(),
        writers.stream().map(one -> one.writer().text()).collect(Collectors.joining(", ")),
        loaderCommit == null ? "" : " and the loader's commit " + loaderCommit);
  }

  private String lastLine() {
    var last =
        costs.isEmpty()
            ? "Nothing to recompute"
            : costs.stream().map(UpgradeReport::text).collect(Collectors.joining("; "));
    var lacking =
        left.notReady() == 0 ? "" : String.format(Locale.ROOT, ", %,d lack input", left.notReady());
    return String.format(
        Locale.ROOT,
        "%s; %,d partitions are fresh%s. Nothing was run.",
        last,
        left.fresh(),
        lacking);
  }

  private static String text(Cost cost) {
    return String.format(
        Locale.ROOT,
        "%s: %,d partitions from %,d bytes that are there",
        cost.when() == When.NEXT_RUN ? "pipeline" : "pipeline --recompute-outdated",
        cost.partitions(),
        cost.bytes());
  }

  /** Collects partitions, in the order of the plan. */
  static final class Builder {
    /** Partitions that share a line. */
    private record Group(When when, String table, String reason) {}

    private final Map<Group, List<PlannedPartition>> groups = new LinkedHashMap<>();

    void add(When when, PlannedPartition planned) {
      var group = new Group(when, planned.partition().dataset(), reason(planned.reason()));
      groups.computeIfAbsent(group, any -> new ArrayList<>()).add(planned);
    }

    /** Without the names of single partitions. */
    private static String reason(String text) {
      for (var kind : List.of("input changed", "input is stale")) {
        if (text.startsWith(kind + ":")) {
          return kind;
        }
      }
      int expired = text.indexOf(", but input has expired");
      return expired < 0 ? text : text.substring(0, expired);
    }

    UpgradeReport build(
        Writer reader,
        SortedMap<Writer, Long> writers,
        Long loaderCommit,
        List<Unknown> unknown,
        Left left) {
      var written = new ArrayList<Written>();
      writers.forEach((writer, manifests) -> written.add(new Written(writer, manifests)));
      var lines = new ArrayList<Line>();
      groups.forEach((group, partitions) -> lines.add(line(group, partitions)));
      lines.sort(Comparator.comparing(Line::when));
      var costs = new ArrayList<Cost>();
      for (var when : List.of(When.NEXT_RUN, When.WHEN_ASKED)) {
        var some =
            groups.entrySet().stream()
                .filter(entry -> entry.getKey().when() == when)
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        if (!some.isEmpty()) {
          costs.add(new Cost(when, some.size(), bytes(some)));
        }
      }
      return new UpgradeReport(reader, written, loaderCommit, lines, costs, unknown, left);
    }

    private static Line line(Group group, List<PlannedPartition> partitions) {
      var days = partitions.stream().map(PlannedPartition::start).sorted().toList();
      return new Line(
          group.when(),
          group.table(),
          group.reason(),
          partitions.size(),
          days.get(0),
          days.get(days.size() - 1),
          partitions.stream().mapToLong(PlannedPartition::inputBytes).sum());
    }

    /** Tables that one scan makes of a period are read for once. */
    private static long bytes(List<PlannedPartition> partitions) {
      var scans = new TreeMap<String, Long>();
      for (var one : partitions) {
        scans.merge(one.step() + "/" + one.start(), one.inputBytes(), Math::max);
      }
      return scans.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
