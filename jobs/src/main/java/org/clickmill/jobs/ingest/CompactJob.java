package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.StagedPartition;
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

/** Sorts the hours of days into one partition of {@code events_daily} each, by visitor. */
public final class CompactJob {
  private static final int LOGIC_VERSION = 2;
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

  /** Compacts days of which the catalog has hours. */
  public Outcome run(Collection<LocalDate> days) throws IOException, InterruptedException {
    var sorted = new TreeSet<>(days);
    var plan = new CompactPlan(run.configuration(), run.warehouse(), catalog, sorted.size());
    var planned = sorted.stream().map(plan::plan).filter(day -> !day.hours().isEmpty()).toList();
    var dropped = repeatedIds(planned);
    var results = new ArrayList<Result>();
    var toShuffle = new ArrayList<DayRange>();
    var inMemory = new ArrayList<DayRange>();
    for (var day : planned) {
      var files = dropped.getOrDefault(day.day(), List.of());
      if (day.readers() == 0) {
        toShuffle.add(day.whole(files));
      } else {
        inMemory.addAll(day.tasks(files));
      }
    }
    if (!inMemory.isEmpty()) {
      var result = sort(inMemory);
      results.add(result);
      var large = Set.copyOf(result.notes(SortMapper.NEEDS_SHUFFLE));
      toShuffle.addAll(
          withoutRepeatedIds(
              inMemory.stream().filter(range -> large.contains(range.name())).toList(), planned));
    }
    if (!toShuffle.isEmpty()) {
      results.add(shuffle(toShuffle));
    }
    long read = sum(results, IngestCounter.RECORDS_READ);
    long written = sum(results, IngestCounter.EVENTS_WRITTEN);
    long duplicates = sum(results, IngestCounter.DUPLICATES);
    check(sorted, read, written + duplicates);
    var files = results.stream().flatMap(result -> result.files().stream()).toList();
    var ranges =
        planned.stream().collect(Collectors.toMap(CompactPlan.Day::day, CompactPlan.Day::ranges));
    return new Outcome(stagedPartitions(sorted, ranges, files), read, written, duplicates);
  }

  private Map<LocalDate, List<InputFile>> repeatedIds(List<CompactPlan.Day> days)
      throws IOException, InterruptedException {
    var large = days.stream().filter(CompactPlan.Day::needsDuplicatesFirst).toList();
    return large.isEmpty() ? Map.of() : new RepeatedIdsJob(run).run(large);
  }

  /** Days that were believed to fit into memory have not been looked through for duplicates. */
  private List<DayRange> withoutRepeatedIds(List<DayRange> large, List<CompactPlan.Day> planned)
      throws IOException, InterruptedException {
    var unseen =
        large.stream()
            .filter(DayRange::findsDuplicates)
            .map(range -> LocalDate.ofEpochDay(range.day()))
            .collect(Collectors.toSet());
    if (unseen.isEmpty()) {
      return large;
    }
    var dropped =
        new RepeatedIdsJob(run)
            .run(planned.stream().filter(day -> unseen.contains(day.day())).toList());
    return large.stream()
        .map(
            range ->
                range.findsDuplicates()
                    ? range.dropping(
                        dropped.getOrDefault(LocalDate.ofEpochDay(range.day()), List.of()))
                    : range)
        .toList();
  }

  /** Sorts ranges in memory, in map tasks. */
  private Result sort(List<DayRange> ranges) throws IOException, InterruptedException {
    var items =
        ranges.stream()
            .map(range -> BundleInputFormat.item(range.bytes(), range, range.hours()))
            .toList();
    var staged = job(ANALYSIS, items, ranges);
    staged.job().setMapperClass(SortMapper.class);
    staged.job().setNumReduceTasks(0);
    return staged.run();
  }

  /** Sorts ranges that are too large for one task's memory by MapReduce's shuffle. */
  private Result shuffle(List<DayRange> ranges) throws IOException, InterruptedException {
    var items = new ArrayList<BundleInputFormat.Item>();
    int files = 0;
    for (var range : ranges) {
      range.hours().forEach(file -> items.add(item(file, false, range)));
      range.dropped().forEach(file -> items.add(item(file, true, range)));
      files += range.span().size();
    }
    var staged = job("compact large days", items, ranges);
    var job = staged.job();
    job.setMapperClass(CompactMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setPartitionerClass(DayLayout.ToReducers.class);
    job.setReducerClass(CompactReducer.class);
    job.setNumReduceTasks(Reducers.number(job.getConfiguration(), files, files));
    return staged.run();
  }

  private static BundleInputFormat.Item item(InputFile file, boolean isDropped, DayRange range) {
    var input = new CompactInput(file, isDropped, range.span());
    return BundleInputFormat.item(file.bytes(), input, List.of(file));
  }

  private StagedJob job(String title, List<BundleInputFormat.Item> items, List<DayRange> ranges)
      throws IOException {
    var staged = new StagedJob(run, title, CompactJob.class);
    var configuration = staged.job().getConfiguration();
    var list = staged.file("_input-" + title.replace(' ', '-') + ".json");
    BundleInputFormat.configure(configuration, run.warehouse().fileSystem(), list, items);
    staged.job().setInputFormatClass(BundleInputFormat.class);
    var rangesOfDay = new TreeMap<Long, Integer>();
    ranges.forEach(range -> rangesOfDay.put(range.day(), range.span().ranges()));
    DayLayout.write(configuration, rangesOfDay);
    return staged;
  }

  private static long sum(List<Result> results, IngestCounter counter) {
    return results.stream().mapToLong(result -> result.count(counter)).sum();
  }

  private void check(Collection<LocalDate> days, long read, long out) {
    long published =
        days.stream()
            .flatMap(day -> CompactPlan.hours(catalog, day).values().stream())
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

  private List<StagedPartition> stagedPartitions(
      Collection<LocalDate> days, Map<LocalDate, Integer> ranges, List<StagedFile> files)
      throws IOException {
    var table = table();
    var schemas = days.stream().collect(Collectors.toMap(table::partition, day -> table.schema()));
    var contents = new EmptyTables(run).fill(StagedContent.byPartition(files), schemas);
    return days.stream()
        .map(
            day ->
                stagedPartition(
                    day, ranges.getOrDefault(day, 1), contents.get(table.partition(day))))
        .toList();
  }

  private StagedPartition stagedPartition(LocalDate day, int ranges, StagedContent content) {
    var partition = table().partition(day);
    var counts = new TreeMap<>(content.counts());
    counts.putIfAbsent(DayFiles.DUPLICATES, 0L);
    counts.putIfAbsent(StagedContent.VISITOR_AND_USER_IDS, 0L);
    counts.put(StagedContent.VISITOR_HASH, (long) VisitorHash.VERSION);
    counts.put(StagedContent.HASH_RANGES, (long) ranges);
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
