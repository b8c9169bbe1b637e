package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;

/**
 * The files that one task writes for partitions of any number of tables. They lie in the task's own
 * folder until the task is committed, together with a report of what they hold; so the driver
 * learns of exactly the files that were committed.
 */
public final class StagedFiles {
  /** Group of the counters of rows with a flag, {@code <table>.<column>}. */
  private static final String ROWS = "Clickmill rows";

  private final TaskInputOutputContext<?, ?, ?, ?> context;
  private final Path folder;
  private final String task;
  private final String suffix;
  private final Map<Partition, Integer> opened = new HashMap<>();
  private final List<StagedFile> files = new ArrayList<>();
  private final SortedMap<String, List<String>> notes = new TreeMap<>();
  private final SortedMap<String, Long> counts = new TreeMap<>();

  /**
   * A file that a committed task wrote.
   *
   * @param counts what else the task has to say of the file's rows
   * @param notes texts by name, for what is not a number
   */
  public record StagedFile(
      String dataset,
      String path,
      DataFile file,
      Fingerprint fingerprint,
      SortedMap<String, Long> counts,
      SortedMap<String, List<String>> notes) {
    public Partition partition() {
      return new Partition(dataset, path);
    }
  }

  public StagedFiles(TaskInputOutputContext<?, ?, ?, ?> context) {
    this.context = context;
    var staging = StagedJob.staging(context.getConfiguration());
    folder = StagedCommitter.work(staging, context);
    suffix = staging.getName();
    var id = context.getTaskAttemptID().getTaskID();
    task = (isMap() ? "m-" : "r-") + String.format(Locale.ROOT, "%05d", id.getId());
  }

  private boolean isMap() {
    return context.getTaskAttemptID().isMap();
  }

  /** Where a new file of a partition is to be written. Its name is used in no other run. */
  public Path newFile(Partition partition, String extension) {
    return file(partition, "", extension);
  }

  /**
   * Where a new file of a partition is to be written whose place among the partition's files is
   * that of a text among others.
   */
  public Path newFile(Partition partition, String place, String extension) {
    return file(partition, place + "-", extension);
  }

  private Path file(Partition partition, String place, String extension) {
    // A task that comes back to a partition writes another file.
    int before = opened.merge(partition, 1, Integer::sum) - 1;
    var number = before == 0 ? "" : "-" + before;
    return new Path(
        partition.below(folder), "part-" + place + task + number + "-" + suffix + extension);
  }

  public void add(Partition partition, WrittenFile written) {
    add(partition, written, new TreeMap<>(), new TreeMap<>());
  }

  public void add(
      Partition partition,
      WrittenFile written,
      SortedMap<String, Long> counts,
      SortedMap<String, List<String>> notes) {
    files.add(
        new StagedFile(
            partition.dataset(),
            partition.path(),
            written.file(),
            written.fingerprint(),
            counts,
            notes));
  }

  /** Adds a remark on the task as a whole. */
  public void note(String name, String text) {
    notes.computeIfAbsent(name, key -> new ArrayList<>()).add(text);
  }

  /** Counts for the report, and for Hadoop's pages too. */
  public void count(Enum<?> counter, long number) {
    context.getCounter(counter).increment(number);
    counts.merge(TaskReport.name(counter), number, Long::sum);
  }

  /** Counts rows for Hadoop's pages alone. */
  void count(String name, long number) {
    context.getCounter(ROWS, name).increment(number);
  }

  /** Reports what Hadoop's counter says so far. */
  void reportCounter(Enum<?> counter) {
    counts.put(TaskReport.name(counter), context.getCounter(counter).getValue());
  }

  /** Writes the report, which every task has to; to be called when all is written and counted. */
  public void report() throws IOException {
    reportCounter(isMap() ? TaskCounter.MAP_OUTPUT_RECORDS : TaskCounter.REDUCE_INPUT_RECORDS);
    var reports = TaskReport.folder(folder, context.getTaskAttemptID().getJobID());
    new TaskReport(isMap(), files, notes, counts)
        .write(new Path(reports, task + ".json"), context.getConfiguration());
  }
}
