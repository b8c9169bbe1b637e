package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Table;
import org.clickmill.jobs.kernel.Table.Cadence;

/**
 * Decides which partitions are stale. Everything it knows is in the manifests and the settings, so
 * the same of both give the same plan.
 */
public final class Planner {
  private static final int NAMED = 3;

  private final Catalog catalog;
  private final Configuration configuration;
  private final PlanOptions options;
  private final List<Entry> suite;

  /**
   * @param catalog what is published of every dataset that matters
   */
  public Planner(Catalog catalog, Configuration configuration, PlanOptions options) {
    this.catalog = catalog;
    this.configuration = configuration;
    this.options = options;
    this.suite = Suite.entries(configuration);
  }

  /**
   * The days that a range stands for: without a first day from the oldest day with an hour of
   * events, without a last one to the newest whose hours are all there.
   */
  public List<LocalDate> days(DayRange range) {
    var known = new TreeSet<LocalDate>();
    catalog.manifests(Datasets.EVENTS).keySet().forEach(hour -> known.add(hour.day()));
    catalog.expired(Datasets.EVENTS).keySet().forEach(hour -> known.add(hour.day()));
    var from = range.from() != null ? range.from() : known.isEmpty() ? null : known.first();
    var to = range.to();
    if (to == null) {
      to = known.descendingSet().stream().filter(this::isSealed).findFirst().orElse(null);
    }
    return from == null || to == null || from.isAfter(to)
        ? List.of()
        : from.datesUntil(to.plusDays(1)).toList();
  }

  private boolean isSealed(LocalDate day) {
    return Hours.ofDay(day).stream().allMatch(catalog::isKnown);
  }

  /**
   * Looks at tables over some days, in the order of the tables' levels: a partition whose input is
   * about to be recomputed may become stale.
   */
  public List<PlannedPartition> plan(List<Entry> entries, List<LocalDate> days) {
    var planned = new ArrayList<PlannedPartition>();
    var changing = new HashSet<Partition>();
    for (var level : Suite.levels(entries)) {
      for (var entry : level) {
        for (var start : starts(entry.table(), days)) {
          var partition = assess(entry, start, changing);
          planned.add(partition);
          if (partition.state() == State.STALE || partition.state() == State.MAY_BECOME_STALE) {
            changing.add(partition.partition());
          }
        }
      }
    }
    return planned;
  }

  /** The partitions of a table that are looked at when some days are asked for. */
  private SortedSet<LocalDate> starts(Table table, List<LocalDate> days) {
    var starts = new TreeSet<LocalDate>();
    if (days.isEmpty()) {
      return starts;
    }
    days.forEach(day -> starts.add(table.grain().start(day)));
    if (table.cadence() == Cadence.SNAPSHOT && options.snapshots() != Snapshots.EVERY_DAY) {
      var last = due(table, starts.last());
      starts.removeIf(start -> !isPublished(table, start));
      starts.add(last);
    }
    // A day may change those before it, as far as these are there.
    var first = days.get(0);
    first
        .minusDays(PlanningWindow.daysBack(table, suite))
        .datesUntil(first)
        .filter(day -> isPublished(table, day))
        .forEach(starts::add);
    return starts;
  }

  /** The day whose snapshot is due when some day is the last one. */
  private LocalDate due(Table table, LocalDate last) {
    if (options.snapshots() != Snapshots.COVERING || isPublished(table, last)) {
      return last;
    }
    return catalog.manifests(table.dataset()).keySet().stream()
        .map(Partition::day)
        .filter(day -> day.isAfter(last))
        .min(Comparator.naturalOrder())
        .orElse(last);
  }

  private boolean isPublished(Table table, LocalDate start) {
    return catalog.manifest(table.partition(start)).isPresent();
  }

  private PlannedPartition assess(Entry entry, LocalDate start, Set<Partition> changing) {
    var gone = catalog.expired(entry.table().partition(start)).map(Manifest::expired);
    if (gone.isPresent()) {
      return new PlannedPartition(
          entry, start, State.EXPIRED, "kept for " + gone.get().days() + " days", 0);
    }
    var inputs = entry.table().inputs().of(start, catalog.firstDay());
    long bytes = inputs.stream().mapToLong(this::bytes).sum();
    var missing = missing(entry.table(), inputs, changing);
    if (!missing.isEmpty()) {
      return new PlannedPartition(
          entry, start, State.NOT_READY, "missing input: " + names(missing), bytes);
    }
    var published = catalog.manifest(entry.table().partition(start));
    var reason = published.map(manifest -> difference(entry, manifest, inputs));
    if (reason.isEmpty()) {
      return stale(entry, start, "not computed yet", inputs, bytes);
    }
    if (!reason.get().isEmpty()) {
      return stale(entry, start, reason.get(), inputs, bytes);
    }
    if (published.get().logicVersion() != entry.table().logicVersion()) {
      var text =
          "logic version "
              + published.get().logicVersion()
              + ", now "
              + entry.table().logicVersion();
      return options.recomputeOutdated()
          ? stale(entry, start, text, inputs, bytes)
          : new PlannedPartition(entry, start, State.OUTDATED, text, bytes);
    }
    var waiting = inputs.stream().filter(changing::contains).toList();
    return waiting.isEmpty()
        ? new PlannedPartition(entry, start, State.FRESH, "", bytes)
        : new PlannedPartition(
            entry, start, State.MAY_BECOME_STALE, "input is stale: " + names(waiting), bytes);
  }

  /** One that is to be computed again, if all that it is made from can still be read. */
  private PlannedPartition stale(
      Entry entry, LocalDate start, String reason, List<Partition> inputs, long bytes) {
    var gone = inputs.stream().filter(input -> catalog.expired(input).isPresent()).toList();
    return gone.isEmpty()
        ? new PlannedPartition(entry, start, State.STALE, reason, bytes)
        : new PlannedPartition(
            entry, start, State.EXPIRED, reason + ", but input has expired: " + names(gone), 0);
  }

  /** Why a manifest is not what would be written now; empty if it is. */
  private String difference(Entry entry, Manifest manifest, List<Partition> inputs) {
    var now = catalog.inputs(inputs);
    if (!now.equals(manifest.inputs())) {
      return "input changed: " + changes(manifest.inputs(), now);
    }
    var settings = entry.table().settings(configuration);
    if (!settings.equals(manifest.settings())) {
      return settings.entrySet().stream()
          .filter(setting -> !setting.getValue().equals(manifest.settings().get(setting.getKey())))
          .findFirst()
          .map(setting -> change(setting, manifest.settings().get(setting.getKey())))
          .orElse("settings changed");
    }
    return "";
  }

  /**
   * @param before null if the version that made the partition did not have the setting
   */
  private static String change(Map.Entry<String, String> setting, String before) {
    return before == null
        ? "setting is new: " + setting.getKey() + ", which is " + setting.getValue()
        : "setting changed: " + setting.getKey() + " from " + before + " to " + setting.getValue();
  }

  private static String changes(List<Input> before, List<Input> now) {
    Map<String, Integer> versions =
        before.stream()
            .collect(Collectors.toMap(Planner::name, Input::version, (first, second) -> first));
    return named(
        now.stream()
            .filter(input -> versions.getOrDefault(name(input), 0) != input.version())
            .map(
                input ->
                    name(input)
                        + " from version "
                        + versions.getOrDefault(name(input), 0)
                        + " to "
                        + input.version())
            .toList());
  }

  /** The inputs that a partition cannot be computed without, and that are not about to come. */
  private List<Partition> missing(Table table, List<Partition> inputs, Set<Partition> changing) {
    Predicate<Partition> isThere =
        partition -> changing.contains(partition) || catalog.isKnown(partition);
    var missing = table.inputs().missing(inputs, isThere);
    if (!options.allowIncomplete()) {
      return missing;
    }
    var main = table.inputs().datasets().get(0);
    boolean hasSome =
        table.inputs().missing(inputs, partition -> false).stream()
            .filter(input -> input.dataset().equals(main))
            .anyMatch(isThere);
    return hasSome ? List.of() : missing;
  }

  private long bytes(Partition partition) {
    Optional<Manifest> manifest = catalog.manifest(partition);
    return manifest.stream()
        .flatMap(found -> found.files().stream())
        .mapToLong(DataFile::bytes)
        .sum();
  }

  private static String name(Input input) {
    return input.dataset() + "/" + input.partition();
  }

  private static String names(List<Partition> partitions) {
    return named(partitions.stream().map(Partition::toString).toList());
  }

  private static String named(List<String> names) {
    var text = names.stream().limit(NAMED).collect(Collectors.joining(", "));
    return names.size() > NAMED ? text + " and " + (names.size() - NAMED) + " more" : text;
  }
}
