package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;

/**
 * The row group that is being filled. When it is large enough it is written, and the next begun.
 */
final class RowGroup {
  /** How many rows may pass until all columns are asked for their size. */
  private static final int ROWS_BETWEEN_CHECKS = 1024;

  /**
   * How many times as large a row group may be when it is read as when it is written: values that
   * are equal take few bits, but a number each in the reader's arrays.
   */
  private static final int MOST_GROWTH = 4;

  private final TableSchema schema;
  private final ParquetFileWriter file;
  private final PageEncoder pages;
  private final long wantedBytes;
  private final ColumnEncoder[] columns;

  /** The columns that are never NULL. */
  private final int[] required;

  private final long maxRows;
  private long maxBytes;
  private long rows;

  /**
   * @param wantedBytes the size of a row group before compression
   */
  RowGroup(TableSchema schema, ParquetFileWriter file, PageEncoder pages, long wantedBytes) {
    this.schema = schema;
    this.file = file;
    this.pages = pages;
    this.wantedBytes = wantedBytes;
    this.maxBytes = wantedBytes;
    int size = schema.columns().size();
    this.columns = new ColumnEncoder[size];
    this.required =
        IntStream.range(0, size).filter(i -> !schema.columns().get(i).nullable()).toArray();
    this.maxRows = Math.max(1, MOST_GROWTH * wantedBytes / ((long) Long.BYTES * size));
    var descriptors = schema.toParquet().getColumns();
    for (int i = 0; i < size; i++) {
      var column = schema.columns().get(i);
      columns[i] = ColumnEncoder.of(column.type(), descriptors.get(i), pages);
    }
  }

  /**
   * Takes a row.
   *
   * @throws ClickmillException if a column that is never NULL has no value; then nothing is taken
   */
  void add(Row row) throws IOException {
    boolean[] present = row.present();
    for (int column : required) {
      if (!present[column]) {
        throw ClickmillException.failed(
            "Missing value: column %s of table %s is never NULL",
            schema.columns().get(column).name(), schema.name());
      }
    }
    long[] numbers = row.numbers();
    byte[][] texts = row.texts();
    int[] starts = row.textStarts();
    for (int i = 0; i < columns.length; i++) {
      columns[i].add(present[i], numbers[i], texts[i], starts[i]);
    }
    rows++;
    if (rows == maxRows
        || pages.encodedBytes() >= maxBytes
        || rows % ROWS_BETWEEN_CHECKS == 0 && bytes() >= maxBytes) {
      write();
    }
  }

  /** Writes what there is, if anything. */
  void write() throws IOException {
    if (rows == 0) {
      return;
    }
    file.startBlock(rows);
    for (var column : columns) {
      column.writeTo(file, rows);
    }
    file.endBlock();
    maxBytes = Math.min(wantedBytes, file.getNextRowGroupSize());
    pages.clearEncodedBytes();
    rows = 0;
  }

  private long bytes() {
    long bytes = pages.encodedBytes();
    for (var column : columns) {
      bytes += column.plainBytes() + column.dictionaryBytes();
    }
    return bytes;
  }
}
