package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.mapreduce.Job;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.BatchInput;
import org.clickmill.formats.read.BatchInputFormat;
import org.clickmill.formats.read.InputFile;
import org.clickmill.formats.read.ReadCounter;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.kernel.StagedJob.Result;
import org.clickmill.jobs.kernel.Targets.Target;

/** One scan over an input dataset that writes partitions of any number of tables. */
public final class FoldJob {
  private final Run run;
  private final Catalog catalog;
  private final TableSchema inputSchema;
  private final List<Target> targets = new ArrayList<>();

  /**
   * A partition that a scan is to write.
   *
   * @param analysis makes the folds and merges
   * @param table one of the analysis' tables
   * @param start first day of the partition's stretch
   */
  public record Request(Analysis analysis, Table table, LocalDate start) {
    public Partition partition() {
      return table.partition(start);
    }
  }

  /**
   * What a scan did; the partitions are staged, not published.
   *
   * @param partitions one for each request, empty ones too
   * @param rowsRead rows of the input that were handed to folds
   * @param rowsWritten rows of all tables
   */
  public record Outcome(List<StagedPartition> partitions, long rowsRead, long rowsWritten) {}

  /**
   * @param catalog what is published of the input and of the tables to be written
   * @param inputSchema the columns of the input dataset
   */
  public FoldJob(Run run, Catalog catalog, TableSchema inputSchema) {
    this.run = run;
    this.catalog = catalog;
    this.inputSchema = inputSchema;
  }

  /** Runs the scan; all requests must have the same input dataset. */
  public Outcome run(String title, Collection<Request> requests)
      throws IOException, InterruptedException {
    collectTargets(requests);
    var inputs = inputs(requests);
    var staged = new StagedJob(run, title, FoldJob.class);
    configure(staged, inputs);
    var result = staged.run();
    check(result, inputs.values());
    return new Outcome(
        stagedPartitions(requests, result.files()),
        result.count(FoldCounter.ROWS_READ),
        result.count(FoldCounter.ROWS_WRITTEN));
  }

  private void collectTargets(Collection<Request> requests) {
    var starts = new LinkedHashMap<Table, SortedMap<LocalDate, Boolean>>();
    var analyses = new HashMap<Table, Analysis>();
    for (var request : requests) {
      boolean complete =
          request.table().inputs(request.start()).stream()
              .allMatch(input -> catalog.manifest(input).isPresent());
      starts
          .computeIfAbsent(request.table(), table -> new TreeMap<>())
          .put(request.start(), complete);
      analyses.put(request.table(), request.analysis());
    }
    starts.forEach((table, days) -> targets.add(new Target(analyses.get(table), table, days)));
  }

  private SortedMap<Partition, Manifest> inputs(Collection<Request> requests) {
    var inputs = new TreeMap<Partition, Manifest>();
    for (var request : requests) {
      for (var input : request.table().inputs(request.start())) {
        catalog.manifest(input).ifPresent(manifest -> inputs.put(input, manifest));
      }
    }
    return inputs;
  }

  private void configure(StagedJob staged, SortedMap<Partition, Manifest> inputs)
      throws IOException {
    var job = staged.job();
    var configuration = job.getConfiguration();
    new Targets(targets).write(configuration);
    var columns = new LinkedHashSet<String>();
    var eventTypes = new TreeSet<String>();
    boolean allTypes = false;
    for (var entry : tablesByAnalysis().entrySet()) {
      var fold = entry.getKey().fold(entry.getValue(), configuration);
      columns.addAll(fold.columns());
      eventTypes.addAll(fold.eventTypes());
      allTypes |= fold.eventTypes().isEmpty();
    }
    var files = new ArrayList<InputFile>();
    long bytes = 0;
    for (var entry : inputs.entrySet()) {
      for (var file : InputFile.of(run.warehouse(), entry.getKey(), entry.getValue())) {
        files.add(file);
        bytes += file.bytes();
      }
    }
    BatchInput.configure(
        configuration,
        staged.file("_input.json"),
        files,
        inputSchema,
        List.copyOf(columns),
        allTypes ? new TreeSet<>() : eventTypes,
        Long.MIN_VALUE,
        Long.MAX_VALUE);
    job.setInputFormatClass(BatchInputFormat.class);
    job.setMapperClass(FoldMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(BytesWritable.class);
    job.setPartitionerClass(ShuffleKey.ToReducers.class);
    job.setReducerClass(MergeReducer.class);
    setReducers(job, bytes);
  }

  private Map<Analysis, Set<String>> tablesByAnalysis() {
    var byAnalysis = new LinkedHashMap<Analysis, Set<String>>();
    for (var target : targets) {
      byAnalysis
          .computeIfAbsent(target.analysis(), analysis -> new TreeSet<>())
          .add(target.table().dataset());
    }
    return byAnalysis;
  }

  private void setReducers(Job job, long bytes) {
    var configuration = job.getConfiguration();
    int partitions = targets.stream().mapToInt(target -> target.starts().size()).sum();
    long perReducer = KernelSettings.REDUCER_INPUT_MB.get(configuration) * (1L << 20);
    int byBytes = Reducers.byBytes(bytes, perReducer);
    int reducers = Reducers.number(configuration, byBytes, partitions);
    job.setNumReduceTasks(reducers);
    // A partition whose share of the input is larger than a reducer's is spread over several.
    configuration.setInt(
        ShuffleKey.ToReducers.REDUCERS_A_PARTITION,
        Math.max(1, Math.min(reducers, byBytes / Math.max(1, partitions))));
  }

  private static void check(Result result, Collection<Manifest> inputs) {
    long read = result.count(FoldCounter.ROWS_READ) + result.count(ReadCounter.ROWS_SKIPPED);
    long published = inputs.stream().mapToLong(input -> input.fingerprint().rows()).sum();
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
  }

  private List<StagedPartition> stagedPartitions(
      Collection<Request> requests, List<StagedFile> files) {
    var contents = StagedContent.byPartition(files);
    return requests.stream()
        .map(
            request ->
                stagedPartition(
                    request, contents.getOrDefault(request.partition(), StagedContent.EMPTY)))
        .toList();
  }

  private StagedPartition stagedPartition(Request request, StagedContent content) {
    var partition = request.partition();
    return new StagedPartition(
        partition,
        catalog.revision(partition),
        content.files(),
        content.fingerprint(),
        catalog.inputs(request.table().inputs(request.start())),
        request.analysis().name(),
        request.table().logicVersion(),
        request.table().settings(run.configuration()),
        content.counts(),
        List.of());
  }
}
