package org.clickmill.formats.read;

import java.util.Arrays;

/** A column that is filled row by row from an Avro file. Equal texts of a batch share an id. */
final class AvroColumn {
  private final WantedColumn wanted;
  private final ColumnDecoder decoder;
  private final LongDecoder longs;
  private final DoubleDecoder doubles;
  private final TextIds texts;
  private boolean[] nulls = new boolean[0];
  private boolean hasNulls;

  AvroColumn(WantedColumn wanted) {
    this.wanted = wanted;
    this.decoder = ColumnDecoders.ofType(wanted.type());
    this.longs = decoder instanceof LongDecoder numbers ? numbers : null;
    this.doubles = decoder instanceof DoubleDecoder numbers ? numbers : null;
    this.texts = decoder instanceof TextDecoder text ? new TextIds(text) : null;
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
    if (texts != null) {
      texts.clear();
    }
  }

  /** Makes room for more rows of the batch. */
  void grow(int rows) {
    decoder.grow(rows);
    if (rows > nulls.length) {
      nulls = Arrays.copyOf(nulls, rows);
    }
  }

  void set(int row, long value) {
    nulls[row] = false;
    longs.set(row, value);
  }

  void set(int row, double value) {
    nulls[row] = false;
    doubles.set(row, value);
  }

  void set(int row, byte[] bytes, int start, int length) {
    decoder.idBuffer(row)[row] = texts.id(bytes, start, length);
  }

  void setNull(int row) {
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
