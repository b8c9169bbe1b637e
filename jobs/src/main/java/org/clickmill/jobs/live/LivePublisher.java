package org.clickmill.jobs.live;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Heartbeat;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.load.CheckedCopy;

/** Publishes the live tables of a day. */
final class LivePublisher {
  private static final String COMMIT = "loader_commit";
  private static final String DUPLICATES = "duplicates";

  /** For whoever is reading what is replaced. */
  private static final Duration REPLACED_STAY = Duration.ofMinutes(1);

  private final Run run;
  private final Warehouse warehouse;

  /**
   * @param run the step whose staging folder is used
   */
  LivePublisher(Run run) {
    this.run = run;
    this.warehouse = run.warehouse();
  }

  static Partition partition(String dataset, String day) {
    return new Partition(dataset, day);
  }

  /**
   * What is published of a table's day. It is read once: whoever publishes after that is met by the
   * revision, and so is not replaced unseen.
   *
   * @param manifest null if nothing is
   */
  private record Published(Partition partition, Manifest manifest) {
    int revision() {
      return manifest == null ? 0 : manifest.revision();
    }

    boolean isBatch() {
      return manifest != null && Live.isBatch(manifest);
    }

    boolean shows(LiveState.Day state) {
      return manifest != null && state.changedBy().equals(manifest.settings().get(Live.STATE));
    }
  }

  /**
   * What is published of a day.
   *
   * @param sales of live_sales
   * @param summary of live_summary
   */
  record PublishedDay(Published sales, Published summary) {
    /** Whether the batch tables have taken the day's place. */
    boolean isBatch() {
      return summary.isBatch();
    }
  }

  /** Reads what is published of a day, to publish on top of it. */
  PublishedDay read(String day) throws IOException {
    return new PublishedDay(read(Live.LIVE_SALES, day), read(Live.LIVE_SUMMARY, day));
  }

  private Published read(String dataset, String day) throws IOException {
    var partition = partition(dataset, day);
    return new Published(partition, warehouse.manifest(partition).orElse(null));
  }

  /**
   * Publishes a day as it stands in a state: live_sales first, so that whoever finds the day in
   * live_summary finds its sales. A day that is not live any more stays so.
   *
   * @param before what was published when this state was the newest
   * @throws ClickmillException of kind held if anything has been published since
   */
  void publish(PublishedDay before, LiveState.Day state) throws IOException {
    if (before.isBatch()) {
      return;
    }
    if (!before.sales().shows(state)) {
      publish(stageSales(before.sales(), state));
    }
    if (!before.summary().shows(state)) {
      publish(stageSummary(before.summary(), state));
    }
  }

  /** Empties the tables of a day whose batch tables are there: live_summary first. */
  void publishBatch(String day) throws IOException {
    for (var dataset : List.of(Live.LIVE_SUMMARY, Live.LIVE_SALES)) {
      var before = read(dataset, day);
      if (!before.isBatch()) {
        publish(stageEmpty(before));
      }
    }
  }

  private StagedPartition stageEmpty(Published before) throws IOException {
    var partition = before.partition();
    try (var writer = open(partition, schema(partition))) {
      return staged(before, Live.BATCH, List.of(writer.finish()), new TreeMap<>());
    }
  }

  private static TableSchema schema(Partition partition) {
    return partition.dataset().equals(Live.LIVE_SALES) ? Live.SALES : Live.SUMMARY;
  }

  private ParquetTableWriter open(Partition partition, TableSchema schema) throws IOException {
    var path = new Path(warehouse.stagingOf(run.id(), partition), "part-" + run.id() + ".parquet");
    // Of an attempt before this one.
    warehouse.disk().delete(warehouse.stagingOf(run.id(), partition));
    return ParquetTableWriter.open(warehouse.fileSystem(), path, schema, run.configuration());
  }

  private void publish(StagedPartition staged) throws IOException {
    new Publisher(warehouse, run.id()).publish(staged);
    warehouse.purgeReplaced(staged.partition(), REPLACED_STAY);
  }

  private StagedPartition stageSales(Published before, LiveState.Day state) throws IOException {
    var partition = before.partition();
    if (state.hours().isEmpty()) {
      try (var writer = open(partition, Live.SALES)) {
        return staged(before, state.changedBy(), List.of(writer.finish()), counts(state));
      }
    }
    var files = new LiveFiles(warehouse, run.id());
    var folder = warehouse.stagingOf(run.id(), partition);
    warehouse.disk().delete(folder);
    var copy =
        new CheckedCopy(
            warehouse.fileSystem(),
            Live.SALES.sensitivity(),
            new Heartbeat(warehouse, run.id())::beat);
    var copied = new ArrayList<WrittenFile>();
    for (var hour : state.hours().values()) {
      copy.copy(files.path(partition.path(), hour.file().name()), hour.file(), folder);
      copied.add(new WrittenFile(hour.file(), hour.fingerprint()));
    }
    return staged(before, state.changedBy(), copied, counts(state));
  }

  private StagedPartition stageSummary(Published before, LiveState.Day state) throws IOException {
    var partition = before.partition();
    try (var writer = open(partition, Live.SUMMARY)) {
      var row = new Row(Live.SUMMARY);
      for (var bucket : state.buckets().entrySet()) {
        if (bucket.getValue().summary().events() > 0) {
          bucket.getValue().summary().fill(row, Bucket.start(partition.day(), bucket.getKey()));
          writer.write(row);
        }
      }
      return staged(before, state.changedBy(), List.of(writer.finish()), counts(state));
    }
  }

  private static SortedMap<String, Long> counts(LiveState.Day state) {
    var counts = new TreeMap<String, Long>();
    counts.put(COMMIT, state.commit());
    counts.put(DUPLICATES, state.duplicates());
    return counts;
  }

  private static StagedPartition staged(
      Published before, String state, List<WrittenFile> files, SortedMap<String, Long> counts) {
    return new StagedPartition(
        before.partition(),
        before.revision(),
        files.stream().map(WrittenFile::file).sorted(Comparator.comparing(DataFile::name)).toList(),
        files.stream().map(WrittenFile::fingerprint).reduce(Fingerprint.EMPTY, Fingerprint::plus),
        List.of(),
        Live.NAME,
        Live.LOGIC_VERSION,
        new TreeMap<>(Live.settings(state)),
        counts,
        List.of(),
        schema(before.partition()).sensitivity());
  }
}
