package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.drivers.cli.PartitionView.InputView;
import org.clickmill.drivers.cli.PartitionView.VersionView;
import org.clickmill.drivers.pipeline.DayRange;
import org.clickmill.drivers.pipeline.Pipeline;
import org.clickmill.drivers.pipeline.PlanOptions;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Catalog.Days;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Versions;
import org.clickmill.formats.warehouse.Versions.Version;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/** Finds out everything about one partition that manifests and settings tell. */
final class PartitionReader {
  private final Warehouse warehouse;
  private final Configuration configuration;
  private final TableCatalog tables;

  PartitionReader(Warehouse warehouse, Configuration configuration) {
    this.warehouse = warehouse;
    this.configuration = configuration;
    this.tables = TableCatalog.of(configuration);
  }

  /**
   * The partition that a user names.
   *
   * @param text a table, or a partition as {@code sales/dt=2019-10-01}
   * @param day the day of a table's partition, or null for the latest
   */
  Partition find(String text, LocalDate day) throws IOException {
    int slash = text.indexOf('/');
    var table = tables.named(slash < 0 ? text : text.substring(0, slash));
    if (slash >= 0) {
      if (day != null) {
        throw ClickmillException.usage("Invalid options: --day goes with a table, not %s", text);
      }
      return named(table, text.substring(slash + 1));
    }
    if (day != null) {
      return named(table, "dt=" + start(table, day));
    }
    var all = warehouse.manifests(table.name(), null, null);
    if (all.isEmpty()) {
      throw ClickmillException.notReady(
          "Cannot explain table %s: nothing of it is published yet", table.name());
    }
    return all.lastKey();
  }

  private static LocalDate start(CatalogTable table, LocalDate day) {
    return table.entry().map(entry -> entry.table().grain().start(day)).orElse(day);
  }

  private static Partition named(CatalogTable table, String path) {
    var keys = path.split("/", -1);
    var expected = table.partitions();
    boolean isWhole = keys.length == expected.size();
    for (int i = 0; isWhole && i < keys.length; i++) {
      isWhole = keys[i].startsWith(expected.get(i).name() + "=");
    }
    var partition = new Partition(table.name(), path);
    if (!isWhole || !isDay(partition)) {
      throw ClickmillException.usage(
          "Invalid partition: %s (expected %s/%s)",
          partition,
          table.name(),
          switch (expected.get(expected.size() - 1).name()) {
            case "hr" -> "dt=YYYY-MM-DD/hr=HH";
            case "run" -> "dt=YYYY-MM-DD/run=ID";
            default -> "dt=YYYY-MM-DD";
          });
    }
    return partition;
  }

  private static boolean isDay(Partition partition) {
    try {
      return partition.day() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Everything about a partition.
   *
   * @throws ClickmillException of kind not ready if it is not there and no table's plan knows it
   */
  PartitionView explain(Partition partition) throws IOException {
    var versions = Versions.of(warehouse, partition);
    var published = versions.stream().filter(Version::isPublished).findFirst();
    var planned = planned(partition);
    if (published.isEmpty() && planned.isEmpty()) {
      throw ClickmillException.notReady(
          "Cannot find partition %s: it is not published, and nothing is known of its day",
          partition);
    }
    var table = tables.named(partition.dataset());
    var manifest = published.map(Version::manifest).orElse(null);
    return new PartitionView(
        partition.toString(),
        table.text(),
        planned.map(found -> PartitionView.state(found.state())).orElse(unplanned(table, manifest)),
        planned.map(PlannedPartition::reason).orElse(""),
        manifest,
        manifest == null ? List.of() : inputs(manifest),
        history(versions));
  }

  private static String unplanned(CatalogTable table, Manifest manifest) {
    if (manifest != null && manifest.hasExpired()) {
      return PartitionView.state(State.EXPIRED);
    }
    return table.entry().isPresent() ? "not asked for by the settings" : "published";
  }

  /** All days are planned, since a partition may wait for one of another day. */
  private Optional<PlannedPartition> planned(Partition partition) throws IOException {
    var run = Run.start(warehouse, configuration, Clock.systemUTC(), Run.Progress.SILENT);
    var pipeline = new Pipeline(run, Suite.entries(configuration), PlanOptions.STATUS);
    var found = find(pipeline.status(DayRange.ALL), partition);
    return found.isPresent()
        ? found
        : find(pipeline.status(new DayRange(partition.day(), partition.day())), partition);
  }

  private static Optional<PlannedPartition> find(List<PlannedPartition> plan, Partition partition) {
    return plan.stream().filter(planned -> planned.partition().equals(partition)).findFirst();
  }

  private List<InputView> inputs(Manifest manifest) throws IOException {
    var days = new TreeMap<String, Days>();
    for (var input : manifest.inputs()) {
      var day = input.where().day();
      days.merge(
          input.dataset(),
          new Days(day, day),
          (known, other) ->
              new Days(
                  known.from().isBefore(day) ? known.from() : day,
                  known.to().isAfter(day) ? known.to() : day));
    }
    var catalog = Catalog.read(warehouse, days);
    return manifest.inputs().stream()
        .map(
            input ->
                new InputView(
                    input.where().toString(), input.version(), catalog.version(input.where())))
        .toList();
  }

  private static List<VersionView> history(List<Version> versions) {
    var history = new ArrayList<VersionView>();
    for (int i = 0; i < versions.size(); i++) {
      var manifest = versions.get(i).manifest();
      var before = i + 1 < versions.size() ? versions.get(i + 1).manifest() : null;
      history.add(
          new VersionView(
              manifest.version(),
              manifest.revision(),
              manifest.createdAt(),
              manifest.runId(),
              manifest.user(),
              manifest.fingerprint().rows(),
              manifest.bytes(),
              before == null ? List.of() : ManifestChanges.between(before, manifest),
              versions.get(i).isPublished() ? null : versions.get(i).folder().toString()));
    }
    return history;
  }
}
