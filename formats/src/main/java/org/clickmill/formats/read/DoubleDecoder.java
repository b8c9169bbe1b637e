package org.clickmill.formats.read;

import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.clickmill.formats.fs.LittleEndian;

/** Floating-point numbers of four or eight bytes. */
final class DoubleDecoder extends ColumnDecoder {
  private final boolean isFloat;
  private double[] values = new double[0];
  private double[] dictionary = new double[0];
  private int dictionarySize;
  private int[] ids = new int[0];
  private DoubleColumn column;

  DoubleDecoder(boolean isFloat) {
    this.isFloat = isFloat;
  }

  @Override
  void begin(int rows) {
    if (rows > values.length) {
      values = new double[rows];
    }
    dictionarySize = 0;
    column = null;
  }

  @Override
  void grow(int rows) {
    if (rows > values.length) {
      values = Arrays.copyOf(values, rows);
    }
  }

  @Override
  void takeDictionary(byte[] bytes, int start, int end, int count) {
    checkSize((long) count * width(), start, end);
    if (count > dictionary.length) {
      dictionary = new double[count];
    }
    read(bytes, start, end, count, dictionary, 0);
    dictionarySize = count;
  }

  @Override
  void takePlain(byte[] bytes, int start, int end, int count, int row) {
    checkSize((long) count * width(), start, end);
    read(bytes, start, end, count, values, row);
  }

  @Override
  int[] idBuffer(int count) {
    if (count > ids.length) {
      ids = new int[count];
    }
    return ids;
  }

  @Override
  int idStart(int row) {
    return 0;
  }

  @Override
  void takeIds(int count, int row) {
    checkIds(ids, 0, count, dictionarySize);
    for (int i = 0; i < count; i++) {
      values[row + i] = dictionary[ids[i]];
    }
  }

  @Override
  void take(ColumnReader reader, int row) {
    values[row] = isFloat ? reader.getFloat() : reader.getDouble();
  }

  /** Sets a value. */
  void set(int row, double value) {
    values[row] = value;
  }

  @Override
  void spread(int row, int rows, int count, boolean[] nulls) {
    int from = row + count - 1;
    for (int to = row + rows - 1; to >= row; to--) {
      values[to] = nulls[to] ? 0 : values[from--];
    }
  }

  @Override
  void takeNull(int row) {
    values[row] = 0;
  }

  @Override
  void finish(boolean[] nulls) {
    column = new DoubleColumn(values, nulls);
  }

  @Override
  void fill(int rows, Object value) {
    begin(rows);
    Arrays.fill(values, 0, rows, value == null ? 0 : (Double) value);
    finish(value == null ? LongDecoder.allNull(rows) : null);
  }

  @Override
  DoubleColumn doubles() {
    return column;
  }

  private int width() {
    return isFloat ? Float.BYTES : Double.BYTES;
  }

  private void read(byte[] bytes, int start, int end, int count, double[] target, int at) {
    var source = LittleEndian.buffer(bytes, start, end - start);
    if (isFloat) {
      for (int i = 0; i < count; i++) {
        target[at + i] = source.getFloat(start + i * Float.BYTES);
      }
    } else {
      source.asDoubleBuffer().get(target, at, count);
    }
  }
}
