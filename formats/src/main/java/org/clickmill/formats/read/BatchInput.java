package org.clickmill.formats.read;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.write.TableSchema;

/**
 * Tells a job which files to read and what of them. The list of files, which may be long, lies in a
 * file of its own; the configuration holds only its path and what every task needs.
 */
public final class BatchInput {
  private static final String FILE_LIST = "clickmill.internal.batch.file-list";
  private static final String SCHEMA = "clickmill.internal.batch.schema";
  private static final String COLUMNS = "clickmill.internal.batch.columns";
  private static final String EVENT_TYPES = "clickmill.internal.batch.event-types";
  private static final String FROM = "clickmill.internal.batch.from-millis";
  private static final String TO = "clickmill.internal.batch.to-millis";

  private BatchInput() {}

  /**
   * Configures a job.
   *
   * @param fileList where to write the list of files, best in the run's staging folder
   * @param columns the columns that the job may ask for
   * @param eventTypes the event types wanted, empty for all; only whole row groups are passed over
   * @param fromMillis the earliest event_time wanted, Long.MIN_VALUE for any
   * @param toMillis the event_time before which events are wanted, Long.MAX_VALUE for any
   */
  public static void configure(
      Configuration configuration,
      Path fileList,
      List<InputFile> files,
      TableSchema schema,
      List<String> columns,
      Set<String> eventTypes,
      long fromMillis,
      long toMillis)
      throws IOException {
    var request = new BatchRequest(schema, columns, eventTypes, fromMillis, toMillis);
    var fileSystem = fileList.getFileSystem(configuration);
    var target = fileSystem.makeQualified(fileList);
    try (var out = fileSystem.create(target, true)) {
      new ObjectMapper()
          .writerFor(new TypeReference<List<InputFile>>() {})
          .writeValue((OutputStream) out, files);
    }
    configuration.set(FILE_LIST, target.toString());
    configuration.set(SCHEMA, schema.avro().toString());
    configuration.setStrings(COLUMNS, request.columns().toArray(String[]::new));
    configuration.setStrings(EVENT_TYPES, request.eventTypes().toArray(String[]::new));
    configuration.setLong(FROM, fromMillis);
    configuration.setLong(TO, toMillis);
  }

  /** What the job wants of each file. */
  public static BatchRequest request(Configuration configuration) {
    var schema = configuration.get(SCHEMA);
    if (schema == null) {
      throw new IllegalStateException("Missing BatchInput.configure before the job");
    }
    return new BatchRequest(
        TableSchema.of(new Schema.Parser().parse(schema)),
        List.copyOf(configuration.getStringCollection(COLUMNS)),
        Set.copyOf(configuration.getStringCollection(EVENT_TYPES)),
        configuration.getLong(FROM, Long.MIN_VALUE),
        configuration.getLong(TO, Long.MAX_VALUE));
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
      files = new ObjectMapper().readValue((InputStream) in, new TypeReference<>() {});
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
