package org.clickmill.jobs.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.io.NullWritable;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.privacy.DoorKeys;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.ingest.JobDoor;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.clickmill.jobs.kernel.StagedJob;
import org.clickmill.jobs.kernel.StagedJob.Result;
import org.clickmill.jobs.load.LoadMapper.RangeReport;

/** The map-only job that reads ranges of offsets and stages their events. */
final class LoadJob {
  private final Run run;
  private final KafkaClient client;

  /**
   * What a job brought in.
   *
   * @param files in the run's staging folder
   * @param counts by topic and partition
   * @param reasons of the first rejects
   */
  record Loaded(List<StagedFile> files, Map<String, RangeCounts> counts, List<String> reasons) {
    static final Loaded NOTHING = new Loaded(List.of(), Map.of(), List.of());

    RangeCounts counts(OffsetRange range) {
      return counts.getOrDefault(key(range), RangeCounts.NONE);
    }

    /** The counts of all partitions. */
    RangeCounts total() {
      return counts.values().stream().reduce(RangeCounts.NONE, RangeCounts::plus);
    }

    static String key(OffsetRange range) {
      return range.topic() + "-" + range.partition();
    }
  }

  LoadJob(Run run, KafkaClient client) {
    this.run = run;
    this.client = client;
  }

  /** Loads ranges, whose offsets are all accounted for in what it returns. */
  Loaded run(List<OffsetRange> ranges, LoadTask task, DoorKeys keys)
      throws IOException, InterruptedException {
    if (ranges.isEmpty()) {
      return Loaded.NOTHING;
    }
    try (var login = TaskLogin.prepare(client, run.configuration())) {
      return run(ranges, task, keys, login);
    }
  }

  private Loaded run(List<OffsetRange> ranges, LoadTask task, DoorKeys keys, TaskLogin login)
      throws IOException, InterruptedException {
    var staged = new StagedJob(run, "load", LoadJob.class);
    var job = staged.job();
    var configuration = job.getConfiguration();
    task.write(configuration);
    var mapping = Mapping.parse(task.mapping(), "the load's mapping").withCurrency(configuration);
    JobDoor.ship(keys, run.warehouse(), mapping, job);
    mapping.writeRates(run.warehouse().fileSystem(), staged.file("_rates.csv"), configuration);
    ShippedClient.ship(login.client(), job);
    task.format().folder().ifPresent(folder -> staged.alsoReads(List.of(folder)));
    var bundles =
        RangeBundles.of(
            ranges,
            Slots.local(configuration, Slots.MAP),
            LoadSettings.TASK_RECORDS.get(configuration));
    RangeInputFormat.configure(
        configuration, run.warehouse().fileSystem(), staged.file("_ranges.json"), bundles);
    job.setInputFormatClass(RangeInputFormat.class);
    job.setMapperClass(LoadMapper.class);
    job.setMapOutputKeyClass(NullWritable.class);
    job.setMapOutputValueClass(NullWritable.class);
    job.setNumReduceTasks(0);
    var result = staged.run();
    var counts = counts(ranges, bundles, result);
    check(result.files(), counts);
    return new Loaded(result.files(), counts, result.notes(LoadMapper.REASONS));
  }

  /** The counts of each partition, if the tasks have read exactly what they were given. */
  private static Map<String, RangeCounts> counts(
      List<OffsetRange> ranges, List<List<OffsetRange>> bundles, Result result) throws IOException {
    var counts = new TreeMap<String, RangeCounts>();
    var read = new ArrayList<OffsetRange>();
    for (var json : result.notes(LoadMapper.RANGES)) {
      var report = RangeReport.parse(json);
      read.add(report.range());
      counts.merge(Loaded.key(report.range()), report.counts(), RangeCounts::plus);
    }
    var planned = new ArrayList<OffsetRange>();
    bundles.forEach(planned::addAll);
    if (read.size() != planned.size() || !Set.copyOf(read).equals(Set.copyOf(planned))) {
      throw ClickmillException.failed(
          "Cannot commit the load: the tasks were given %s and have read %s", planned, read);
    }
    for (var range : ranges) {
      var found = counts.getOrDefault(Loaded.key(range), RangeCounts.NONE);
      if (found.offsets() != range.length() || found.gaps() < 0) {
        throw ClickmillException.failed(
            "Cannot commit the load: of the %d offsets of %s the tasks have told of %s",
            range.length(), range, found);
      }
    }
    return Collections.unmodifiableMap(counts);
  }

  /** Every record that was counted is in a file. */
  private static void check(List<StagedFile> files, Map<String, RangeCounts> counts) {
    var total = counts.values().stream().reduce(RangeCounts.NONE, RangeCounts::plus);
    var written = new HashMap<String, Long>();
    files.forEach(file -> written.merge(file.dataset(), file.file().records(), Long::sum));
    var counted =
        Map.of(
            Datasets.EVENTS, total.events(),
            Datasets.LATE, total.late(),
            Datasets.REJECTS, total.rejected());
    counted.forEach(
        (dataset, records) -> {
          if (!written.getOrDefault(dataset, 0L).equals(records)) {
            throw ClickmillException.failed(
                "Cannot commit the load: %d records were counted for %s and %d written",
                records, dataset, written.getOrDefault(dataset, 0L));
          }
        });
  }
}
