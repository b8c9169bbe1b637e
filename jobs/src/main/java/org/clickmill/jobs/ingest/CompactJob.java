package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.write.EventRows;
import org.clickmill.jobs.kernel.Reducers;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedContent;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.StagedJob.Result;
import org.clickmill.jobs.kernel.Table;

/** Sorts the hours of days into one partition of {@code events_daily} each. */
public final class CompactJob {
  private static final int LOGIC_VERSION = 1;
  static final String ANALYSIS = "compact";

  private final Run run;
  private final Catalog catalog;

  /**
   * What a compaction did; the partitions are staged, not published.
   *
   * @param partitions one for each day, empty ones too
   * @param read events of the hours
   * @param written events of the days
   * @param duplicates events that were dropped
   */
  public record Outcome(
      List<StagedPartition> partitions, long read, long written, long duplicates) {}

  /**
   * @param catalog what is published of the hours and of the days
   */
  public CompactJob(Run run, Catalog catalog) {
    this.run = run;
    this.catalog = catalog;
  }

  /** The table {@code events_daily}, whose input is hours. */
  public static Table table() {
    return Table.daily(
        Datasets.EVENTS_DAILY,
        EventRows.SCHEMA,
        Hours.OfDay.INSTANCE,
        LOGIC_VERSION,
        List.of(IngestSettings.DEDUPLICATE));
  }

  /** The hours of a day that are there: all 24, unless an incomplete day was asked for. */
  private Map<Partition, Manifest> hours(LocalDate day) {
    var hours = new TreeMap<Partition, Manifest>();
    for (var hour : Hours.ofDay(day)) {
      catalog.manifest(hour).ifPresent(manifest -> hours.put(hour, manifest));
    }
    return hours;
  }

  /** Runs the job over days of which the catalog has hours. */
  public Outcome run(Collection<LocalDate> days) throws IOException, InterruptedException {
    var sorted = new TreeSet<>(days);
    var staged = new StagedJob(run, "compact", CompactJob.class);
    var job = staged.job();
    var configuration = job.getConfiguration();
    var items = new ArrayList<BundleInputFormat.Item>();
    for (var day : sorted) {
      for (var hour : hours(day).entrySet()) {
        for (var file : InputFile.of(run.warehouse(), hour.getKey(), hour.getValue())) {
          items.add(BundleInputFormat.item(file.bytes(), file));
        }
      }
    }
    BundleInputFormat.configure(
        configuration, run.warehouse().fileSystem(), staged.file("_input.json"), items);
    var ranges = ranges(sorted, configuration);
    ranges.write(configuration);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(CompactMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setPartitionerClass(HourRanges.ToReducers.class);
    job.setReducerClass(CompactReducer.class);
    job.setNumReduceTasks(ranges.reducers());
    var result = staged.run();
    check(result, sorted);
    return new Outcome(
        stagedPartitions(sorted, result.files()),
        result.count(IngestCounter.RECORDS_READ),
        result.count(IngestCounter.EVENTS_WRITTEN),
        result.count(IngestCounter.DUPLICATES));
  }

  private HourRanges ranges(Collection<LocalDate> days, Configuration configuration) {
    long perFile = IngestSettings.COMPACT_FILE_MB.get(configuration) * (1L << 20);
    var bytes = new TreeMap<LocalDate, long[]>();
    long total = 0;
    int mostFiles = 1;
    for (var day : days) {
      var hourBytes = new long[Hours.A_DAY];
      long eventIds = 0;
      for (var hour : hours(day).entrySet()) {
        var manifest = hour.getValue();
        hourBytes[hour.getKey().hour()] =
            manifest.files().stream().mapToLong(DataFile::bytes).sum();
        eventIds += manifest.counts().getOrDefault(HourReducer.EVENT_IDS, 0L);
      }
      long dayBytes = java.util.Arrays.stream(hourBytes).sum();
      total += dayBytes;
      boolean byEventId =
          IngestSettings.DEDUPLICATE.get(configuration) == IngestSettings.Deduplicate.EVENT_ID
              && eventIds > 0;
      // Repeats of an event_id may lie in any two hours of the day, so one reducer must see all.
      int files = byEventId ? 1 : (int) Math.min(Hours.A_DAY, 1 + dayBytes / perFile);
      mostFiles = Math.max(mostFiles, files);
      bytes.put(day, HourRanges.boundaries(hourBytes, files));
    }
    int byBytes = Reducers.byBytes(total, perFile);
    int reducers = Reducers.number(configuration, byBytes, Integer.MAX_VALUE);
    return HourRanges.of(bytes, Math.max(mostFiles, reducers));
  }

  private void check(Result result, Collection<LocalDate> days) {
    long read = result.count(IngestCounter.RECORDS_READ);
    long published =
        days.stream()
            .flatMap(day -> hours(day).values().stream())
            .mapToLong(manifest -> manifest.fingerprint().rows())
            .sum();
    if (read != published) {
      throw ClickmillException.failed(
          "Cannot publish the compacted days: the hours' manifests list %d events, the mappers read"
              + " %d",
          published, read);
    }
    long out = result.count(IngestCounter.EVENTS_WRITTEN) + result.count(IngestCounter.DUPLICATES);
    if (read != out) {
      throw ClickmillException.failed(
          "Cannot publish the compacted days: %d events went in, %d were written or duplicates",
          read, out);
    }
  }

  private List<StagedPartition> stagedPartitions(
      Collection<LocalDate> days, List<StagedFile> files) {
    var contents = StagedContent.byPartition(files);
    var table = table();
    return days.stream()
        .map(
            day ->
                stagedPartition(
                    day, contents.getOrDefault(table.partition(day), StagedContent.EMPTY)))
        .toList();
  }

  private StagedPartition stagedPartition(LocalDate day, StagedContent content) {
    var partition = table().partition(day);
    var counts = new TreeMap<>(content.counts());
    counts.putIfAbsent(CompactReducer.DUPLICATES, 0L);
    counts.put(StagedContent.TIME_ORDERED, 1L);
    return new StagedPartition(
        partition,
        catalog.revision(partition),
        content.files(),
        content.fingerprint(),
        catalog.inputs(Hours.ofDay(day)),
        ANALYSIS,
        LOGIC_VERSION,
        table().settings(run.configuration()),
        counts,
        List.of());
  }
}
