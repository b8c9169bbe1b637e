package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskInputOutputContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.write.WrittenFile;

/**
 * The files that one task writes for partitions of any number of tables. They lie in the task's own
 * folder until the task is committed, together with a report of what they hold; so the driver
 * learns of exactly the files that were committed.
 */
public final class StagedFiles {
  private static final String REPORTS = "_reports-";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FileSystem fileSystem;
  private final Path folder;
  private final String task;
  private final String suffix;
  private final String reports;
  private final Map<Partition, Integer> opened = new HashMap<>();
  private final List<StagedFile> files = new ArrayList<>();
  private final SortedMap<String, List<String>> notes = new TreeMap<>();

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

  /**
   * What one task reports.
   *
   * @param files its files
   * @param notes remarks on the task as a whole, by name
   */
  record Report(List<StagedFile> files, SortedMap<String, List<String>> notes) {}

  public StagedFiles(TaskInputOutputContext<?, ?, ?, ?> context)
      throws IOException, InterruptedException {
    folder = FileOutputFormat.getWorkOutputPath(context);
    fileSystem = folder.getFileSystem(context.getConfiguration());
    var id = context.getTaskAttemptID().getTaskID();
    task =
        (context.getTaskAttemptID().isMap() ? "m-" : "r-")
            + String.format(Locale.ROOT, "%05d", id.getId());
    suffix = StagedJob.staging(context.getConfiguration()).getName();
    reports = reports(context.getJobName());
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

  /** Writes the report; to be called when the last file is closed. */
  public void report() throws IOException {
    if (files.isEmpty() && notes.isEmpty()) {
      return;
    }
    var path = new Path(folder, reports + "/" + task + ".json");
    try (var out = fileSystem.create(path, false)) {
      JSON.writeValue((OutputStream) out, new Report(files, notes));
    }
  }

  /** The folder of a job's reports; jobs that share a staging folder have names that differ. */
  private static String reports(String jobName) {
    return REPORTS + jobName.replaceAll("[^A-Za-z0-9]+", "-");
  }

  /** Everything that the committed tasks of a job reported. */
  static List<Report> read(FileSystem fileSystem, Path staging, String jobName) throws IOException {
    var folder = new Path(staging, reports(jobName));
    var reports = new ArrayList<Report>();
    if (fileSystem.exists(folder)) {
      for (var file : fileSystem.listStatus(folder)) {
        try (var in = fileSystem.open(file.getPath())) {
          reports.add(JSON.readValue((InputStream) in, Report.class));
        }
      }
    }
    return reports;
  }
}
