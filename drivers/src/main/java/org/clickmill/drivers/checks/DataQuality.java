package org.clickmill.drivers.checks;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;

/**
 * The table of what checks found: a few rows a day, of all tables. Steps and runs that check other
 * tables of the same day add to it, one after the other.
 */
public final class DataQuality {
  /** The columns of {@code data_quality}. */
  public static final TableSchema SCHEMA = CheckResult.SCHEMA;

  private static final String ANALYSIS = "checks";
  private static final int LOGIC_VERSION = 1;

  /** How often others may publish the same day first. */
  private static final int ATTEMPTS = 10;

  private static final Comparator<CheckResult> ORDER =
      Comparator.comparing(CheckResult::table).thenComparing(CheckResult::check);

  private DataQuality() {}

  /**
   * Publishes results; those of the same tables and days are replaced.
   *
   * @param step whose partitions were checked
   */
  static synchronized void publish(Run step, Collection<CheckResult> results) throws IOException {
    var days =
        results.stream()
            .collect(Collectors.groupingBy(CheckResult::day, TreeMap::new, Collectors.toList()));
    for (int attempt = 1; ; attempt++) {
      try {
        publishDays(step.step(ANALYSIS), days);
        return;
      } catch (ClickmillException e) {
        if (e.failure() != Failure.HELD || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static void publishDays(Run run, TreeMap<LocalDate, List<CheckResult>> days)
      throws IOException {
    var warehouse = run.warehouse();
    var published = warehouse.manifests(Datasets.DATA_QUALITY, days.firstKey(), days.lastKey());
    var staged = new ArrayList<StagedPartition>();
    warehouse.discardStaging(run.id());
    for (var day : days.entrySet()) {
      var partition = Partition.ofDay(Datasets.DATA_QUALITY, day.getKey());
      var manifest = published.get(partition);
      if (manifest == null || !manifest.hasExpired()) {
        stage(run, partition, manifest, day.getValue()).ifPresent(staged::add);
      }
    }
    if (!staged.isEmpty()) {
      new Publisher(warehouse, run.id()).publishAll(staged);
    }
    warehouse.discardStaging(run.id());
  }

  /** A day with new results; empty if they are those that are published. */
  private static Optional<StagedPartition> stage(
      Run run, Partition partition, Manifest published, List<CheckResult> results)
      throws IOException {
    var before = published == null ? List.<CheckResult>of() : read(run, published);
    var tables = new HashSet<String>();
    results.forEach(result -> tables.add(result.table()));
    var all = new ArrayList<>(results);
    before.stream().filter(result -> !tables.contains(result.table())).forEach(all::add);
    all.sort(ORDER);
    if (all.equals(before)) {
      return Optional.empty();
    }
    var path =
        new Path(run.warehouse().stagingOf(run.id(), partition), "part-" + run.id() + ".parquet");
    try (var writer =
        ParquetTableWriter.open(run.warehouse().fileSystem(), path, SCHEMA, run.configuration())) {
      var row = new Row(SCHEMA);
      for (var result : all) {
        result.fill(row);
        writer.write(row);
      }
      var content = StagedContent.of(writer.finish());
      return Optional.of(
          new StagedPartition(
              partition,
              published == null ? 0 : published.revision(),
              content.files(),
              content.fingerprint(),
              List.of(),
              ANALYSIS,
              LOGIC_VERSION,
              new TreeMap<>(),
              content.counts(),
              List.of(),
              SCHEMA.sensitivity()));
    }
  }

  private static List<CheckResult> read(Run run, Manifest manifest) throws IOException {
    var warehouse = run.warehouse();
    var results = new ArrayList<CheckResult>();
    for (var file : manifest.files()) {
      var path = new Path(warehouse.pathOf(manifest.where()), file.name());
      try (var rows =
          TableReader.open(
              warehouse.fileSystem(), path, BatchRequest.all(SCHEMA), run.configuration())) {
        while (rows.next()) {
          results.add(CheckResult.read(manifest.where().day(), rows));
        }
      }
    }
    results.sort(ORDER);
    return results;
  }
}
