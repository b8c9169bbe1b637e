package org.clickmill.formats.avro;

import java.util.Arrays;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.table.ColumnDecoder;
import org.clickmill.formats.table.ColumnDecoders;
import org.clickmill.formats.table.DoubleDecoder;
import org.clickmill.formats.table.LongDecoder;
import org.clickmill.formats.table.ProjectedColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TextDecoder;

/**
 * A column that is filled row by row from an Avro file. A text that repeats the one of the row
 * before shares its id.
 */
final class AvroColumn implements FieldTarget {
  private final ProjectedColumn wanted;
  private final ColumnDecoder decoder;
  private final LongDecoder longs;
  private final DoubleDecoder doubles;
  private final TextDecoder texts;
  private int lastText;
  private boolean[] nulls = new boolean[0];
  private boolean hasNulls;

  AvroColumn(ProjectedColumn wanted) {
    this.wanted = wanted;
    this.decoder = ColumnDecoders.ofType(wanted.type());
    this.longs = decoder instanceof LongDecoder numbers ? numbers : null;
    this.doubles = decoder instanceof DoubleDecoder numbers ? numbers : null;
    this.texts = decoder instanceof TextDecoder text ? text : null;
  }

  ColumnDecoder decoder() {
    return decoder;
  }

  void begin(int rows) {
    decoder.begin(rows);
    if (rows > nulls.length) {
      nulls = new boolean[rows];
    }
    hasNulls = false;
    lastText = StringColumn.NULL;
  }

  /** Makes room for more rows of the batch. */
  void grow(int rows) {
    decoder.grow(rows);
    if (rows > nulls.length) {
      nulls = Arrays.copyOf(nulls, rows);
    }
  }

  @Override
  public void set(int row, long value) {
    nulls[row] = false;
    longs.set(row, value);
  }

  @Override
  public void set(int row, double value) {
    nulls[row] = false;
    doubles.set(row, value);
  }

  @Override
  public void set(int row, byte[] bytes, int start, int length) {
    if (lastText == StringColumn.NULL || !texts.isEqual(lastText, bytes, start, length)) {
      lastText = texts.append(bytes, start, length);
    }
    texts.idBuffer(row)[row] = lastText;
  }

  @Override
  public void setNull(int row) {
    if (!wanted.nullable()) {
      throw new DamagedFileException(
          "column %s: a row without a value that it must have", wanted.name());
    }
    nulls[row] = true;
    hasNulls = true;
    decoder.takeNull(row);
  }

  void finish() {
    decoder.finish(hasNulls ? nulls : null);
  }
}
