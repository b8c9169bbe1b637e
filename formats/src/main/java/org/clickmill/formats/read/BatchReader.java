package org.clickmill.formats.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Reads one file, or a range of one, batch by batch. A file that cannot be read ends as a {@link
 * org.clickmill.formats.failure.ClickmillException} that names it, from any method here and from
 * the batch's columns.
 */
public interface BatchReader extends Closeable {
  /** Moves to the next batch. The one before is no longer valid. */
  boolean next() throws IOException;

  /** The batch that {@link #next} moved to; never empty. */
  ColumnBatch batch();

  /** Rows that were passed over so far because no row of their row group can be wanted. */
  long rowsSkipped();

  /** The names of the file's columns, known or not. */
  List<String> fileColumns();

  /** Opens a whole file, Avro if its name ends so, else Parquet. */
  static BatchReader open(
      FileSystem fileSystem, InputFile file, BatchRequest request, Configuration configuration)
      throws IOException {
    return open(fileSystem, file, 0, file.bytes(), request, configuration);
  }

  /** Opens a range of a file as one of many files that are read one after another. */
  static BatchReader open(
      FileSystem fileSystem,
      FileRange range,
      BatchRequest request,
      Configuration configuration,
      ReadBuffers buffers)
      throws IOException {
    var file = range.file();
    return isAvro(file)
        ? open(fileSystem, file, range.start(), range.end(), request, configuration)
        : ParquetBatchReader.open(fileSystem, file, range.start(), range.end(), request, buffers);
  }

  /**
   * Opens the part of a file that belongs to a range of its bytes. Ranges that cover the file cover
   * each of its rows once.
   *
   * @param start where the range begins
   * @param end where it ends, exclusive
   */
  static BatchReader open(
      FileSystem fileSystem,
      InputFile file,
      long start,
      long end,
      BatchRequest request,
      Configuration configuration)
      throws IOException {
    return isAvro(file)
        ? AvroBatchReader.open(fileSystem, file, start, end, request, configuration)
        : ParquetBatchReader.open(fileSystem, file, start, end, request, configuration);
  }

  private static boolean isAvro(InputFile file) {
    return file.path().endsWith(".avro");
  }
}
