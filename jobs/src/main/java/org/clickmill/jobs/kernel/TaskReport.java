package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * What a committed task has done. Reports are files among the task's output, so there is one for
 * each task whose output counts, and the driver need not ask a history server.
 *
 * @param isMap whether it was a map task
 * @param files its files
 * @param notes remarks on the task as a whole, by name
 * @param counts by {@linkplain #name counter}
 */
record TaskReport(
    boolean isMap,
    List<StagedFile> files,
    SortedMap<String, List<String>> notes,
    SortedMap<String, Long> counts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The name of a counter; counters of several kinds may be called the same. */
  static String name(Enum<?> counter) {
    return counter.getDeclaringClass().getSimpleName() + "." + counter.name();
  }

  long count(Enum<?> counter) {
    return counts.getOrDefault(name(counter), 0L);
  }

  /** The folder of a job's reports below one of its staging folders. */
  static Path folder(Path staging, JobID job) {
    return new Path(staging, "_reports-" + job);
  }

  void write(Path file, Configuration configuration) throws IOException {
    try (var out = file.getFileSystem(configuration).create(file, false)) {
      JSON.writeValue((OutputStream) out, this);
    }
  }

  /** All reports in a folder; none if it is not there. */
  static List<TaskReport> readAll(FileSystem fileSystem, Path folder, int threads)
      throws IOException {
    if (!fileSystem.exists(folder)) {
      return List.of();
    }
    return Parallel.map(
        Arrays.asList(fileSystem.listStatus(folder)),
        threads,
        file -> {
          try (var in = fileSystem.open(file.getPath())) {
            return JSON.readValue((InputStream) in, TaskReport.class);
          }
        });
  }
}
