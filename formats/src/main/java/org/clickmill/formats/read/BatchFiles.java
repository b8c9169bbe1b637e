package org.clickmill.formats.read;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.avro.AvroBatchReader;
import org.clickmill.formats.parquet.ParquetBatchReader;
import org.clickmill.formats.parquet.ReadBuffers;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.InputFile;

/** Opens files of events and of tables: Avro if a file's name ends so, else Parquet. */
public final class BatchFiles {
  private BatchFiles() {}

  /** Opens a whole file. */
  public static BatchReader open(
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
  public static BatchReader open(
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
