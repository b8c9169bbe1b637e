package org.clickmill.formats.read;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventBatch;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;

/**
 * Reads the events of an Avro hour or a Parquet day, a batch at a time. Strict about what it does
 * not know: a field that this version has no place for is an error rather than lost. Fields that
 * are missing are filled with their defaults, ints become longs.
 */
public final class EventBatchReader implements Closeable {
  private final BatchReader reader;

  private EventBatchReader(BatchReader reader) {
    this.reader = reader;
  }

  /**
   * Opens a file of events.
   *
   * @throws ClickmillException if it cannot be read, or has a field that is not known here
   */
  public static EventBatchReader open(
      FileSystem fileSystem, InputFile file, Configuration configuration) throws IOException {
    return new EventBatchReader(openStrictly(fileSystem, file, 0, file.bytes(), configuration));
  }

  static BatchReader openStrictly(
      FileSystem fileSystem, InputFile file, long start, long end, Configuration configuration)
      throws IOException {
    var request = BatchRequest.all(EventRows.SCHEMA);
    var reader = BatchFiles.open(fileSystem, file, start, end, request, configuration);
    for (var column : reader.fileColumns()) {
      if (!EventRows.SCHEMA.contains(column)) {
        reader.close();
        throw ClickmillException.failed(
            "Cannot read %s: unknown field '%s' (written by a newer suite?)", file.path(), column);
      }
    }
    return reader;
  }

  /** The next batch, or null at the end. The one before is no longer valid. */
  public EventBatch next() throws IOException {
    return reader.next() ? EventBatch.of(reader.batch()) : null;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
