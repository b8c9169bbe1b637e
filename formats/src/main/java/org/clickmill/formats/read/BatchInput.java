package org.clickmill.formats.read;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;

/**
 * Tells a job which files to read and what of them. The list of files, which may be long, lies in a
 * file of its own; the configuration holds only its path and what every task needs.
 */
public final class BatchInput {
  private static final String FILE_LIST = "clickmill.internal.batch.file-list";
  private static final String REQUESTS = "clickmill.internal.batch.requests";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A request as it travels in the configuration. */
  private record Written(
      String schema, List<String> columns, Set<String> eventTypes, long fromMillis, long toMillis) {
    private static Written of(BatchRequest request) {
      return new Written(
          request.schema().avro().toString(),
          request.columns(),
          request.eventTypes(),
          request.fromMillis(),
          request.toMillis());
    }

    private BatchRequest read() {
      return new BatchRequest(
          TableSchema.of(new Schema.Parser().parse(schema)),
          columns,
          eventTypes,
          fromMillis,
          toMillis);
    }
  }

  private BatchInput() {}

  /**
   * Configures a job.
   *
   * @param fileList where to write the list of files, best in the run's staging folder
   * @param requests by dataset, what the job wants of the dataset's files
   */
  public static void configure(
      Configuration configuration,
      Path fileList,
      List<InputFile> files,
      Map<String, BatchRequest> requests)
      throws IOException {
    var fileSystem = fileList.getFileSystem(configuration);
    var target = fileSystem.makeQualified(fileList);
    try (var out = fileSystem.create(target, true)) {
      JSON.writerFor(new TypeReference<List<InputFile>>() {}).writeValue((OutputStream) out, files);
    }
    configuration.set(FILE_LIST, target.toString());
    var written = new TreeMap<String, Written>();
    requests.forEach((dataset, request) -> written.put(dataset, Written.of(request)));
    configuration.set(REQUESTS, JSON.writeValueAsString(written));
  }

  /** What the job wants of each file, by the dataset that the file belongs to. */
  public static Map<String, BatchRequest> requests(Configuration configuration) {
    var text = configuration.get(REQUESTS);
    if (text == null) {
      throw new IllegalStateException("Missing BatchInput.configure before the job");
    }
    try {
      var requests = new TreeMap<String, BatchRequest>();
      JSON.readValue(text, new TypeReference<Map<String, Written>>() {})
          .forEach((dataset, written) -> requests.put(dataset, written.read()));
      return requests;
    } catch (JacksonException e) {
      throw new IllegalStateException("Invalid setting " + REQUESTS, e);
    }
  }

  /** The job's files in the order of their days and hours. */
  static List<InputFile> files(Configuration configuration) throws IOException {
    var list = configuration.get(FILE_LIST);
    if (list == null) {
      throw new IllegalStateException("Missing BatchInput.configure before the job");
    }
    var path = new Path(list);
    List<InputFile> files;
    try (var in = path.getFileSystem(configuration).open(path)) {
      files = JSON.readValue((InputStream) in, new TypeReference<>() {});
    } catch (JacksonException e) {
      throw ClickmillException.failed("Cannot read list of files: %s", path, e);
    }
    return files.stream()
        .sorted(
            Comparator.comparing((InputFile file) -> file.partition().path())
                .thenComparing(InputFile::path))
        .toList();
  }
}
