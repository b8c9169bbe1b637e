package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.EmptyTables;
import org.clickmill.jobs.kernel.Hours;
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

  /** Compacts days of which the catalog has hours. */
  public Outcome run(Collection<LocalDate> days) throws IOException, InterruptedException {
    var sorted = new TreeSet<>(days);
    var ranges = sorted.stream().flatMap(day -> ranges(day).stream()).toList();
    var results = new ArrayList<Result>();
    if (!ranges.isEmpty()) {
      var result = sort(ranges);
      results.add(result);
      var large = Set.copyOf(result.notes(SortMapper.NEEDS_SHUFFLE));
      if (!large.isEmpty()) {
        results.add(
            shuffle(ranges.stream().filter(range -> large.contains(range.name())).toList()));
      }
    }
    long read = sum(results, IngestCounter.RECORDS_READ);
    long written = sum(results, IngestCounter.EVENTS_WRITTEN);
    long duplicates = sum(results, IngestCounter.DUPLICATES);
    check(sorted, read, written + duplicates);
    var files = results.stream().flatMap(result -> result.files().stream()).toList();
    return new Outcome(stagedPartitions(sorted, files), read, written, duplicates);
  }

  /** The ranges of hours of a day that become a file each. */
  private List<HourRange> ranges(LocalDate day) {
    var hours = hours(day);
    var bytes = new long[Hours.A_DAY];
    long eventIds = 0;
    for (var hour : hours.entrySet()) {
      var manifest = hour.getValue();
      bytes[hour.getKey().hour()] = manifest.files().stream().mapToLong(DataFile::bytes).sum();
      eventIds += manifest.counts().getOrDefault(StagedContent.EVENT_IDS, 0L);
    }
    var mode = IngestSettings.DEDUPLICATE.get(run.configuration());
    // Repeats of an event_id may lie in any two hours of the day, so one task must see all.
    boolean isWhole = mode == IngestSettings.Deduplicate.EVENT_ID && eventIds > 0;
    long files = isWhole ? 1 : Math.min(Hours.A_DAY, 1 + Arrays.stream(bytes).sum() / fileBytes());
    var rangeOfHour = HourRanges.boundaries(bytes, Math.toIntExact(files));
    var filesOfRange = new TreeMap<Integer, List<InputFile>>();
    for (var hour : hours.entrySet()) {
      var found = InputFile.of(run.warehouse(), hour.getKey(), hour.getValue());
      if (!found.isEmpty()) {
        filesOfRange
            .computeIfAbsent((int) rangeOfHour[hour.getKey().hour()], any -> new ArrayList<>())
            .addAll(found);
      }
    }
    return filesOfRange.entrySet().stream()
        .map(range -> new HourRange(day.toEpochDay(), range.getKey(), range.getValue()))
        .toList();
  }

  /** Sorts each range in a map task. */
  private Result sort(List<HourRange> ranges) throws IOException, InterruptedException {
    var items =
        ranges.stream()
            .map(range -> BundleInputFormat.item(range.bytes(), range, range.files()))
            .toList();
    var staged = job(ANALYSIS, items);
    staged.job().setMapperClass(SortMapper.class);
    staged.job().setNumReduceTasks(0);
    return staged.run();
  }

  /** Sorts ranges that are too large for one task's memory by MapReduce's shuffle. */
  private Result shuffle(List<HourRange> ranges) throws IOException, InterruptedException {
    var items =
        ranges.stream()
            .flatMap(range -> range.files().stream())
            .map(file -> BundleInputFormat.item(file.bytes(), file, List.of(file)))
            .toList();
    var staged = job("compact large hours", items);
    var job = staged.job();
    job.setMapperClass(CompactMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setPartitionerClass(HourRanges.ToReducers.class);
    job.setReducerClass(CompactReducer.class);
    long bytes = ranges.stream().mapToLong(HourRange::bytes).sum();
    int byBytes = Reducers.byBytes(bytes, fileBytes());
    int reducers = Reducers.number(job.getConfiguration(), byBytes, Integer.MAX_VALUE);
    var reducerOfHour = reducerOfHour(ranges, reducers);
    reducerOfHour.write(job.getConfiguration());
    job.setNumReduceTasks(reducerOfHour.reducers());
    return staged.run();
  }

  private static HourRanges reducerOfHour(List<HourRange> ranges, int reducers) {
    var rangeOfHour = new TreeMap<LocalDate, long[]>();
    int mostRanges = 1;
    for (var range : ranges) {
      mostRanges = Math.max(mostRanges, range.number() + 1);
      for (var file : range.files()) {
        var hour = file.partition();
        rangeOfHour.computeIfAbsent(hour.day(), any -> new long[Hours.A_DAY])[hour.hour()] =
            range.number();
      }
    }
    return HourRanges.of(rangeOfHour, Math.max(mostRanges, reducers));
  }

  private StagedJob job(String title, List<BundleInputFormat.Item> items) throws IOException {
    var staged = new StagedJob(run, title, CompactJob.class);
    var list = staged.file("_input-" + title.replace(' ', '-') + ".json");
    BundleInputFormat.configure(
        staged.job().getConfiguration(), run.warehouse().fileSystem(), list, items);
    staged.job().setInputFormatClass(BundleInputFormat.class);
    return staged;
  }

  /** Bytes of hours that go into a file. */
  private long fileBytes() {
    return (long) IngestSettings.COMPACT_FILE_MB.get(run.configuration()) << 20;
  }

  private static long sum(List<Result> results, IngestCounter counter) {
    return results.stream().mapToLong(result -> result.count(counter)).sum();
  }

  private void check(Collection<LocalDate> days, long read, long out) {
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
    if (read != out) {
      throw ClickmillException.failed(
          "Cannot publish the compacted days: %d events went in, %d were written or duplicates",
          read, out);
    }
  }

  private List<StagedPartition> stagedPartitions(Collection<LocalDate> days, List<StagedFile> files)
      throws IOException {
    var table = table();
    var schemas = days.stream().collect(Collectors.toMap(table::partition, day -> table.schema()));
    var contents = new EmptyTables(run).fill(StagedContent.byPartition(files), schemas);
    return days.stream()
        .map(day -> stagedPartition(day, contents.get(table.partition(day))))
        .toList();
  }

  private StagedPartition stagedPartition(LocalDate day, StagedContent content) {
    var partition = table().partition(day);
    var counts = new TreeMap<>(content.counts());
    counts.putIfAbsent(DayFiles.DUPLICATES, 0L);
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
