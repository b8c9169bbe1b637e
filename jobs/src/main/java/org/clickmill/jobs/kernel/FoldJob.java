package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.BatchInput;
import org.clickmill.formats.read.BatchInputFormat;
import org.clickmill.formats.read.ReadCounter;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Outcome.Refused;
import org.clickmill.jobs.kernel.ScanPlan.Part;
import org.clickmill.jobs.kernel.StagedJob.Result;
import org.clickmill.jobs.kernel.Table.Spread;

/** One scan over partitions of any datasets that writes partitions of any number of tables. */
public final class FoldJob {
  private final Run run;
  private final Catalog catalog;
  private final Schemas schemas;
  private final Map<Partition, StagedPartition> staged = new HashMap<>();

  /** The files of a partition that is read. */
  private record Input(List<InputFile> files, long rows) {}

  /**
   * @param catalog what is published of the inputs and of the tables to be written
   * @param schemas the columns of the inputs
   */
  public FoldJob(Run run, Catalog catalog, Schemas schemas) {
    this.run = run;
    this.catalog = catalog;
    this.schemas = schemas;
  }

  /**
   * Reads partitions as an earlier job of the run has staged them, whatever is published of them.
   */
  public FoldJob reading(Collection<StagedPartition> earlier) {
    earlier.forEach(partition -> staged.put(partition.partition(), partition));
    return this;
  }

  /** Writes what is requested of each analysis, reading each partition once. */
  public Outcome run(String title, Map<Analysis, List<Request>> requests)
      throws IOException, InterruptedException {
    var plan = plan(requests);
    var inputs = plan.reads().stream().map(this::input).toList();
    var job = new StagedJob(run, title, FoldJob.class);
    configure(job, plan, inputs);
    var result = job.run();
    check(result, inputs);
    var stagedTables = new StagedTables(run, catalog);
    requests.forEach((analysis, wanted) -> stagedTables.add(analysis.name(), wanted));
    var limits = new TreeMap<String, Long>();
    requests
        .values()
        .forEach(
            wanted ->
                wanted.forEach(
                    request -> limits.put(request.table().dataset(), request.table().mostRows())));
    var made = stagedTables.partitions(StagedContent.byPartition(result.files()));
    return new Outcome(
        made.stream().filter(partition -> !isTooLarge(partition, limits)).toList(),
        result.count(FoldCounter.ROWS_READ),
        result.count(FoldCounter.ROWS_WRITTEN),
        "",
        List.of(),
        made.stream()
            .filter(partition -> isTooLarge(partition, limits))
            .map(staged -> new Refused(staged.partition(), tooLarge(staged, limits)))
            .toList());
  }

  private static boolean isTooLarge(StagedPartition staged, Map<String, Long> limits) {
    return DataFile.records(staged.files()) > limits.get(staged.partition().dataset());
  }

  private static String tooLarge(StagedPartition staged, Map<String, Long> limits) {
    return String.format(
        Locale.ROOT,
        "%s has more than %,d rows and is not published",
        staged.partition(),
        limits.get(staged.partition().dataset()));
  }

  private Input input(Partition partition) {
    var earlier = staged.get(partition);
    if (earlier == null) {
      var manifest = catalog.manifest(partition).orElseThrow();
      checkClustered(manifest);
      return new Input(
          InputFile.of(run.warehouse(), partition, manifest), DataFile.records(manifest.files()));
    }
    var folder = run.warehouse().stagingOf(run.id(), partition);
    var files =
        earlier.files().stream()
            .filter(file -> file.records() > 0)
            .map(file -> new InputFile(folder + "/" + file.name(), partition, file.bytes()))
            .toList();
    return new Input(files, DataFile.records(earlier.files()));
  }

  /** Analyses rely on it that all events of a visitor's day are in one file. */
  private static void checkClustered(Manifest manifest) {
    var partition = manifest.where();
    long version = manifest.counts().getOrDefault(StagedContent.VISITOR_HASH, 0L);
    if (partition.dataset().equals(Datasets.EVENTS_DAILY) && version != VisitorHash.VERSION) {
      throw ClickmillException.failed(
          "Cannot read %s: it is %s. Compact the day again (pipeline --recompute-outdated).",
          partition,
          version == 0
              ? "not clustered by visitor"
              : "clustered by version " + version + " of the visitor's hash");
    }
  }

  private ScanPlan plan(Map<Analysis, List<Request>> requests) {
    var parts = new ArrayList<Part>();
    requests.forEach(
        (analysis, wanted) -> {
          var starts = new HashMap<String, SortedMap<LocalDate, Boolean>>();
          for (var request : wanted) {
            starts
                .computeIfAbsent(request.table().dataset(), table -> new TreeMap<>())
                .put(request.start(), isComplete(request));
          }
          var outputs = analysis.outputPartitions(wanted, catalog, run.configuration());
          parts.add(new Part(analysis, starts, outputs));
        });
    var reads =
        parts.stream()
            .flatMap(part -> part.outputs().stream())
            .flatMap(output -> output.reads().stream())
            .distinct()
            .toList();
    return new ScanPlan(
        parts,
        catalog.firstDay(),
        reads.stream().filter(partition -> input(partition).files().isEmpty()).toList(),
        reads.stream().filter(this::isClusteredByUser).toList());
  }

  private boolean isClusteredByUser(Partition partition) {
    return partition.dataset().equals(Datasets.EVENTS_DAILY)
        && catalog
            .manifest(partition)
            .map(Manifest::counts)
            .map(counts -> counts.get(StagedContent.VISITOR_AND_USER_IDS))
            .filter(count -> count == 0)
            .isPresent();
  }

  private boolean isComplete(Request request) {
    return request.table().inputs().of(request.start(), catalog.firstDay()).stream()
        .allMatch(input -> catalog.manifest(input).isPresent());
  }

  private void configure(StagedJob stagedJob, ScanPlan plan, List<Input> inputs)
      throws IOException {
    var job = stagedJob.job();
    var configuration = job.getConfiguration();
    plan.write(configuration, stagedJob.file("_plan.json"));
    var files = inputs.stream().flatMap(input -> input.files().stream()).toList();
    BatchInput.configure(
        configuration, stagedJob.file("_input.json"), files, batchRequests(job, plan));
    job.setInputFormatClass(BatchInputFormat.class);
    job.setMapperClass(FoldMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(BytesWritable.class);
    job.setPartitionerClass(ShuffleKey.ToReducers.class);
    job.setReducerClass(MergeReducer.class);
    setReducers(job, plan, bytes(plan, inputs));
  }

  /** The bytes of each partition that is read. */
  private static Map<Partition, Long> bytes(ScanPlan plan, List<Input> inputs) {
    var bytes = new HashMap<Partition, Long>();
    var reads = plan.reads().iterator();
    for (var input : inputs) {
      bytes.put(reads.next(), input.files().stream().mapToLong(InputFile::bytes).sum());
    }
    return bytes;
  }

  /** All columns and event types that some fold wants of a dataset. */
  private Map<String, BatchRequest> batchRequests(Job job, ScanPlan plan) {
    var columns = new TreeMap<String, LinkedHashSet<String>>();
    var eventTypes = new TreeMap<String, TreeSet<String>>();
    var allTypes = new TreeSet<String>();
    for (var part : plan.parts()) {
      for (var dataset : part.datasets()) {
        var fold =
            part.analysis()
                .fold(new ScanContext(plan, part, dataset, null, null), job.getConfiguration());
        columns.computeIfAbsent(dataset, any -> new LinkedHashSet<>()).addAll(fold.columns());
        eventTypes.computeIfAbsent(dataset, any -> new TreeSet<>()).addAll(fold.eventTypes());
        if (fold.eventTypes().isEmpty()) {
          allTypes.add(dataset);
        }
      }
    }
    var requests = new TreeMap<String, BatchRequest>();
    columns.forEach(
        (dataset, wanted) ->
            requests.put(
                dataset,
                new BatchRequest(
                    schemas.of(dataset),
                    List.copyOf(wanted),
                    allTypes.contains(dataset) ? new TreeSet<>() : eventTypes.get(dataset),
                    Long.MIN_VALUE,
                    Long.MAX_VALUE)));
    return requests;
  }

  private static void setReducers(Job job, ScanPlan plan, Map<Partition, Long> bytes) {
    var configuration = job.getConfiguration();
    var loads =
        plan.tables().stream()
            .map(
                planned ->
                    new ReducerPlan.Load(
                        planned.table().spread(),
                        planned.part().outputs().stream()
                            .filter(
                                output ->
                                    output.table().dataset().equals(planned.table().dataset()))
                            .map(output -> output.reads().stream().mapToLong(bytes::get).sum())
                            .toList()))
            .toList();
    long total = bytes.values().stream().mapToLong(Long::longValue).sum();
    var reducers = ReducerPlan.of(configuration, total, loads);
    job.setNumReduceTasks(reducers.reducers());
    configuration.set(
        ShuffleKey.ToReducers.SPREAD,
        reducers.spread().stream().map(String::valueOf).collect(Collectors.joining(",")));
    configuration.set(
        ShuffleKey.ToReducers.SORT_ONLY,
        plan.tables().stream()
            .map(planned -> planned.table().spread() == Spread.BY_KEY ? DayKey.DAY_LENGTH : 0)
            .map(String::valueOf)
            .collect(Collectors.joining(",")));
    configuration.set(
        ShuffleKey.ToReducers.HASHED,
        plan.tables().stream()
            .map(
                planned ->
                    switch (planned.table().spread()) {
                      case BY_HASH -> Long.BYTES;
                      case BY_FIRST_PART -> ShuffleKey.ToReducers.FIRST_PART;
                      default -> 0;
                    })
            .map(String::valueOf)
            .collect(Collectors.joining(",")));
  }

  private static void check(Result result, List<Input> inputs) {
    long read = result.count(FoldCounter.ROWS_READ) + result.count(ReadCounter.ROWS_SKIPPED);
    long published = inputs.stream().mapToLong(Input::rows).sum();
    if (read != published) {
      throw ClickmillException.failed(
          "Cannot publish: the input's manifests list %d rows, the mappers read %d",
          published, read);
    }
    long written = result.count(FoldCounter.PARTIAL_EVENTS_WRITTEN);
    long merged = result.count(FoldCounter.PARTIAL_EVENTS_MERGED);
    if (written != merged) {
      throw ClickmillException.failed(
          "Cannot publish: the mappers wrote partials of %d events, the reducers merged %d",
          written, merged);
    }
    // The loss of partials that hold no rows, such as hashes, would not show in the rows.
    long emitted = result.count(FoldCounter.PARTIALS_WRITTEN);
    long taken = result.count(FoldCounter.PARTIALS_MERGED);
    if (emitted != taken) {
      throw ClickmillException.failed(
          "Cannot publish: the folds emitted %d partials, the merges read %d", emitted, taken);
    }
  }
}
