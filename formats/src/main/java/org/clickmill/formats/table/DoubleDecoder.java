package org.clickmill.formats.table;

import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.clickmill.formats.fs.LittleEndian;

/** Floating-point numbers of four or eight bytes. */
public final class DoubleDecoder extends ColumnDecoder {
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
  public void begin(int rows) {
    if (rows > values.length) {
      values = new double[rows];
    }
    dictionarySize = 0;
    column = null;
  }

  @Override
  public void grow(int rows) {
    if (rows > values.length) {
      values = Arrays.copyOf(values, rows);
    }
  }

  @Override
  public void takeDictionary(byte[] bytes, int start, int end, int count) {
    checkSize((long) count * width(), start, end);
    if (count > dictionary.length) {
      dictionary = new double[count];
    }
    read(bytes, start, end, count, dictionary, 0);
    dictionarySize = count;
  }

  @Override
  public void takePlain(byte[] bytes, int start, int end, int count, int row) {
    checkSize((long) count * width(), start, end);
    read(bytes, start, end, count, values, row);
  }

  @Override
  public int[] idBuffer(int count) {
    if (count > ids.length) {
      ids = new int[count];
    }
    return ids;
  }

  @Override
  public int idStart(int row) {
    return 0;
  }

  @Override
  public void takeIds(int count, int row) {
    checkIds(ids, 0, count, dictionarySize);
    for (int i = 0; i < count; i++) {
      values[row + i] = dictionary[ids[i]];
    }
  }

  @Override
  public void take(ColumnReader reader, int row) {
    values[row] = isFloat ? reader.getFloat() : reader.getDouble();
  }

  /** Sets a value. */
  public void set(int row, double value) {
    values[row] = value;
  }

  @Override
  public void spread(int row, int rows, int count, boolean[] nulls) {
    int from = row + count - 1;
    for (int to = row + rows - 1; to >= row; to--) {
      values[to] = nulls[to] ? 0 : values[from--];
    }
  }

  @Override
  public void takeNull(int row) {
    values[row] = 0;
  }

  @Override
  public void finish(boolean[] nulls) {
    column = new DoubleColumn(values, nulls);
  }

  @Override
  public void fill(int rows, Object value) {
    begin(rows);
    Arrays.fill(values, 0, rows, value == null ? 0 : (Double) value);
    finish(value == null ? LongDecoder.allNull(rows) : null);
  }

  @Override
  public DoubleColumn doubles() {
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
