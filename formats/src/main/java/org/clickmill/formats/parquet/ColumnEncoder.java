package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;

/**
 * A column of the row group that is being filled: takes values, makes pages of them, and writes
 * these when the row group is full.
 */
abstract class ColumnEncoder {
  private static final int INITIAL_ROWS = 64;

  private final ColumnDescriptor descriptor;
  private final PageEncoder pages;
  private final List<EncodedPage> finished = new ArrayList<>();
  private final int pageRows;
  private boolean[] present;
  private int rows;
  private int values;

  /**
   * @param pageRows rows that make a page full
   */
  ColumnEncoder(ColumnDescriptor descriptor, PageEncoder pages, int pageRows) {
    this.descriptor = descriptor;
    this.pages = pages;
    this.pageRows = pageRows;
    this.present = new boolean[descriptor.getMaxDefinitionLevel() > 0 ? INITIAL_ROWS : 0];
  }

  static ColumnEncoder of(TableSchema.Type type, ColumnDescriptor descriptor, PageEncoder pages) {
    return switch (type) {
      case STRING, BINARY -> new BytesEncoder(descriptor, pages);
      case BOOLEAN -> new BooleanEncoder(descriptor, pages);
      case INT, DATE -> new NumberEncoder(NumberKind.INT, descriptor, pages);
      case LONG, MONEY -> new NumberEncoder(NumberKind.LONG, descriptor, pages);
      case TIME -> new NumberEncoder(NumberKind.TIME, descriptor, pages);
      case FLOAT -> new NumberEncoder(NumberKind.FLOAT, descriptor, pages);
      case DOUBLE -> new NumberEncoder(NumberKind.DOUBLE, descriptor, pages);
    };
  }

  /**
   * Takes the value of a row, as a {@link Row} holds it.
   *
   * @param isPresent false for NULL, where the rest does not matter
   * @param number the value, its bits, or the length of the text
   * @param bytes holds the text
   * @param start where the text begins
   */
  abstract void add(boolean isPresent, long number, byte[] bytes, int start) throws IOException;

  /** The size in PLAIN of the values that are in no page yet. */
  abstract long plainBytes();

  /** The size of the dictionary so far. */
  abstract long dictionaryBytes();

  /** Puts the values into the page that was begun, and forgets them. */
  abstract Encoding putValues() throws IOException;

  /** What {@link #putValues} will put, without the number of NULLs. */
  abstract Statistics<?> statistics();

  /** The length of all texts that {@link #putValues} will put, 0 if it is other values. */
  abstract long textBytes();

  /** The dictionary that pages refer to, or null. */
  abstract DictionaryPage dictionary() throws IOException;

  /** Begins a new row group. */
  abstract void clear();

  /** Writes the column of some rows, and begins the next row group. */
  final void writeTo(ParquetFileWriter file, long groupRows) throws IOException {
    if (rows > 0) {
      finishPage();
    }
    file.startColumn(descriptor, groupRows, pages.codec());
    var dictionary = dictionary();
    if (dictionary != null) {
      file.writeDictionaryPage(dictionary);
    }
    var levels = descriptor.getMaxDefinitionLevel() > 0 ? Encoding.RLE : Encoding.BIT_PACKED;
    for (var page : finished) {
      file.writeDataPage(
          page.rows(),
          page.encodedSize(),
          BytesInput.from(page.bytes()),
          page.statistics(),
          page.rows(),
          Encoding.BIT_PACKED,
          levels,
          page.encoding(),
          null,
          null,
          page.sizes());
    }
    file.endColumn();
    finished.clear();
    clear();
  }

  final PageEncoder pages() {
    return pages;
  }

  final PrimitiveType type() {
    return descriptor.getPrimitiveType();
  }

  /** How many values there are in no page yet. */
  final int values() {
    return values;
  }

  /** Counts a row that has a value, which has been taken. */
  final void addPresent() throws IOException {
    if (present.length > 0) {
      reserveRow();
      present[rows] = true;
    }
    rows++;
    values++;
    if (rows == pageRows) {
      finishPage();
    }
  }

  /** Takes a NULL. */
  final void addNull() throws IOException {
    reserveRow();
    present[rows] = false;
    rows++;
    if (rows == pageRows) {
      finishPage();
    }
  }

  /** Makes a page of what there is, at least one row. */
  final void finishPage() throws IOException {
    int nulls = rows - values;
    var statistics = statistics();
    statistics.incrementNumNulls(nulls);
    long textBytes = textBytes();
    if (present.length > 0) {
      pages.begin(present, rows, nulls);
    } else {
      pages.begin();
    }
    var encoding = putValues();
    finished.add(pages.finish(rows, encoding, statistics, textBytes));
    rows = 0;
    values = 0;
  }

  private void reserveRow() {
    if (rows == present.length) {
      present = Arrays.copyOf(present, 2 * rows);
    }
  }
}
