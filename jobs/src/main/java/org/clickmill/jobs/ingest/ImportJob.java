package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.Source;
import org.clickmill.jobs.ingest.SourceFiles.Found;
import org.clickmill.jobs.kernel.BundleInputFormat;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.KernelSettings;
import org.clickmill.jobs.kernel.Reducers;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.StagedJob.Result;

/** Imports files of events into the hours of {@code events}. */
public final class ImportJob {
  private final Run run;
  private final Mapping mapping;
  private final Options options;
  private final Instant open;

  /**
   * How to import.
   *
   * @param mapping name of a shipped mapping, or path of a mapping file
   * @param sourceName begins the identity of each file; null for the input's own name
   * @param replace whether a file that changed since it was imported takes the place of its old
   *     rows
   * @param fill whether every hour from the first to the last day of the input is sealed
   * @param skipCorruptFiles whether a corrupt file is listed and skipped
   */
  public record Options(
      String mapping, String sourceName, boolean replace, boolean fill, boolean skipCorruptFiles) {}

  /**
   * What an import did: {@code read + added = written + duplicates + rejected + filtered +
   * forgotten}.
   *
   * @param files found below the input
   * @param filesImportedBefore of these, skipped unread
   * @param filesSkipped of these, corrupt and skipped
   * @param read records of the source files
   * @param added events and rejects beyond the first of their record, where a record is several
   * @param written new events
   * @param duplicates records that an import which was cut off had brought in already
   * @param rejected records, and items of records, that could not be events
   * @param filtered records that the mapping leaves out: by conditions, or because they have no
   *     items
   * @param forgotten events of users and visitors on the suppression list, which are dropped
   * @param rounded prices that the mapping rounded
   * @param hours that were published
   * @param warnings for the user
   */
  public record Outcome(
      int files,
      int filesImportedBefore,
      long filesSkipped,
      long read,
      long added,
      long written,
      long duplicates,
      long rejected,
      long filtered,
      long forgotten,
      long rounded,
      long hours,
      List<String> warnings) {}

  /** An import into a warehouse that no topic is loaded into. */
  public ImportJob(Run run, Options options) throws IOException {
    this(run, options, null);
  }

  /**
   * @param open the start of the first hour that the loader has not sealed yet, which import leaves
   *     to it; null if there is none
   */
  public ImportJob(Run run, Options options, Instant open) throws IOException {
    this.run = run;
    this.options = options;
    this.open = open;
    this.mapping =
        Mapping.load(options.mapping(), run.configuration()).withCurrency(run.configuration());
  }

  /** The files that an import would look at. */
  public static Found list(Configuration configuration, Options options, Path input)
      throws IOException {
    var mapping = Mapping.load(options.mapping(), configuration).withCurrency(configuration);
    return new SourceFiles(configuration).list(input, options.sourceName(), mapping);
  }

  /** Imports a file, or all event files below a folder. */
  public Outcome run(Path input) throws IOException, InterruptedException {
    var keys = DoorKeys.claim(run.warehouse(), run.id());
    var sources = new SourceFiles(run.configuration());
    var listed = sources.list(input, options.sourceName(), mapping);
    var found = sources.withChecksums(listed.files());
    var catalog = Catalog.read(run.warehouse(), List.of(Datasets.EVENTS), null, null);
    var plan =
        ImportPlan.of(
            found, mapping, options.replace(), catalog, new ImportRecords(run.warehouse()));
    if (plan.files().isEmpty()) {
      return new Outcome(
          found.size(), found.size(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, listed.warnings());
    }
    var result = runJob(plan, keys);
    check(result);
    sources.requireUnchanged(plan.files());
    var warnings = new ArrayList<>(listed.warnings());
    warnings.addAll(checkQuality(result));
    warnings.addAll(absentColumns(result));
    if (result.count(IngestCounter.FILTERED) == result.count(IngestCounter.RECORDS_READ)
        && result.count(IngestCounter.FILTERED) > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "Mapping %s leaves out all %d records, by its 'where' or because they have no items",
              mapping.name(),
              result.count(IngestCounter.FILTERED)));
    }
    JobDoor.requireUnchanged(keys, run);
    var hours = new HourPartitions(run, catalog, plan, mapping, options.fill(), open);
    var published = hours.publish(result.files());
    writeRecords(plan, Set.copyOf(result.notes(ImportMapper.SKIPPED)));
    run.warehouse().discardStaging(run.id());
    warnings.addAll(result.notes(ImportMapper.REASONS_OF_SKIPPED));
    return new Outcome(
        found.size(),
        found.size() - plan.files().size(),
        result.count(IngestCounter.FILES_SKIPPED),
        result.count(IngestCounter.RECORDS_READ),
        result.count(IngestCounter.ADDED),
        result.count(IngestCounter.EVENTS_WRITTEN) - result.count(IngestCounter.EVENTS_CARRIED),
        result.count(IngestCounter.DUPLICATES),
        result.count(IngestCounter.REJECTED),
        result.count(IngestCounter.FILTERED),
        result.count(IngestCounter.FORGOTTEN),
        result.count(IngestCounter.PRICES_ROUNDED),
        published.stream()
            .filter(publication -> publication.partition().dataset().equals(Datasets.EVENTS))
            .count(),
        warnings);
  }

  private Result runJob(ImportPlan plan, DoorKeys keys) throws IOException, InterruptedException {
    var staged = new StagedJob(run, "import", ImportJob.class);
    var job = staged.job();
    var configuration = job.getConfiguration();
    JobDoor.ship(keys, run.warehouse(), mapping, job);
    mapping.writeRates(run.warehouse().fileSystem(), staged.file("_rates.csv"), configuration);
    new ImportTask(
            mapping.yaml(),
            new TreeSet<>(plan.replaced()),
            options.skipCorruptFiles(),
            Hours.dayOf(run.started()).toString(),
            run.id(),
            run.started().toEpochMilli(),
            // What is carried over from published hours may have come by another mapping.
            plan.carried().isEmpty() ? mapping.extraColumns() : EventColumn.EXTRA)
        .write(configuration);
    staged.alsoReads(plan.files().stream().map(file -> new Path(file.path())).toList());
    var parts = new SourceParts(mapping, options.skipCorruptFiles());
    var items = new ArrayList<>(parts.of(plan.files(), configuration));
    for (var entry : plan.carried().entrySet()) {
      for (var file : InputFile.of(run.warehouse(), entry.getKey(), entry.getValue())) {
        var input = ImportMapper.Input.ofCarried(file);
        items.add(BundleInputFormat.item(file.bytes(), input, List.of(file)));
      }
    }
    BundleInputFormat.configure(
        configuration, run.warehouse().fileSystem(), staged.file("_input.json"), items);
    job.setInputFormatClass(BundleInputFormat.class);
    job.setMapperClass(ImportMapper.class);
    job.setMapOutputKeyClass(BytesWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setPartitionerClass(HourReducer.ToReducers.class);
    job.setReducerClass(HourReducer.class);
    long bytes = items.stream().mapToLong(BundleInputFormat.Item::bytes).sum();
    job.setNumReduceTasks(reducers(bytes));
    run.progress().input("import", bytes);
    return staged.run();
  }

  private int reducers(long bytes) {
    long perReducer = KernelSettings.REDUCER_INPUT_MB.get(run.configuration()) * (1L << 20);
    int byBytes = Reducers.byBytes(bytes, perReducer);
    return Reducers.number(run.configuration(), byBytes, Integer.MAX_VALUE);
  }

  private static void check(Result result) {
    long in =
        result.count(IngestCounter.RECORDS_READ)
            + result.count(IngestCounter.ADDED)
            + result.count(IngestCounter.EVENTS_CARRIED);
    long out =
        result.count(IngestCounter.EVENTS_WRITTEN)
            + result.count(IngestCounter.DUPLICATES)
            + result.count(IngestCounter.REJECTED)
            + result.count(IngestCounter.FILTERED)
            + result.count(IngestCounter.FORGOTTEN);
    if (in != out) {
      throw ClickmillException.failed(
          "Cannot publish the import: %d records went in, but %d were written, duplicates, rejected,"
              + " filtered or forgotten",
          in, out);
    }
  }

  private List<String> checkQuality(Result result) {
    var warnings = new ArrayList<String>();
    // What the mapping leaves out was never going to be an event.
    long read =
        result.count(IngestCounter.RECORDS_READ)
            + result.count(IngestCounter.ADDED)
            - result.count(IngestCounter.FILTERED);
    long rejected = result.count(IngestCounter.REJECTED);
    if (rejected == 0) {
      return warnings;
    }
    var reasons =
        result.files().stream()
            .flatMap(file -> file.notes().getOrDefault("reasons", List.of()).stream())
            .limit(5)
            .collect(Collectors.joining("\n  ", "\n  ", ""));
    double ratio = (double) rejected / read;
    if (ratio > IngestSettings.MAX_REJECT_RATIO.get(run.configuration())) {
      throw ClickmillException.quality(
          "Cannot import: %d of %d records are malformed, more than the share of %s that %s"
              + " allows. Nothing was published. The first reasons:%s",
          rejected,
          read,
          IngestSettings.MAX_REJECT_RATIO.get(run.configuration()),
          IngestSettings.MAX_REJECT_RATIO.name(),
          reasons);
    }
    if (ratio > IngestSettings.WARN_REJECT_RATIO.get(run.configuration())) {
      warnings.add(
          rejected
              + " of "
              + read
              + " records are malformed and lie in the dataset rejects. The first reasons:"
              + reasons);
    }
    return warnings;
  }

  private List<String> absentColumns(Result result) {
    var absent = AbsentColumns.ofNotes(result.notes(ImportMapper.ABSENT));
    int inParts = absent.addParts(result.notes(ImportMapper.ABSENT_OF_PARTS));
    return absent.warnings(
        mapping.name(),
        Mapping.SHIPPED.contains(options.mapping()),
        result.count(IngestCounter.FILES_WITH_EVENTS) + inParts);
  }

  private void writeRecords(ImportPlan plan, Set<String> skipped) throws IOException {
    var records = new ImportRecords(run.warehouse());
    var fingerprint = mapping.fingerprint();
    for (var file : plan.files()) {
      if (!skipped.contains(file.identity())) {
        records.write(new Source(file.identity(), file.checksum(), fingerprint));
      }
    }
  }
}
