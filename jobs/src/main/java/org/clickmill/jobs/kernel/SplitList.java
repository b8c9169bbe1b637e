package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What the driver leaves in a file for an input format, which makes the tasks' splits of it. */
public final class SplitList {
  private static final String FILE = "clickmill.internal.split-list";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SplitList() {}

  /** Writes a list of values that Jackson can write. */
  public static void write(
      Configuration configuration, FileSystem fileSystem, Path file, List<?> values)
      throws IOException {
    try (var out = fileSystem.create(file, true)) {
      JSON.writeValue((OutputStream) out, values);
    }
    configuration.set(FILE, file.toString());
  }

  /** Reads the list that {@link #write} wrote for this job. */
  public static <T> List<T> read(Configuration configuration, TypeReference<List<T>> type)
      throws IOException {
    var file = new Path(configuration.get(FILE));
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return JSON.readValue(in, type);
    }
  }
}
