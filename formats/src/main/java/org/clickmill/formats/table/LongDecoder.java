package org.clickmill.formats.table;

import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.LittleEndian;

/** Whole numbers: counts, days, times, money. */
public final class LongDecoder extends ColumnDecoder {
  private final LongConversion conversion;
  private long[] values = new long[0];
  private long[] dictionary = new long[0];
  private int dictionarySize;
  private int[] ids = new int[0];
  private LongColumn column;

  LongDecoder(LongConversion conversion) {
    this.conversion = conversion;
  }

  @Override
  public void begin(int rows) {
    if (rows > values.length) {
      values = new long[rows];
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
    if (count > dictionary.length) {
      if (count > (end - start) * 8L) {
        throw new DamagedFileException("%d numbers in %d bytes", count, end - start);
      }
      dictionary = new long[count];
    }
    read(bytes, start, end, count, dictionary, 0);
    dictionarySize = count;
  }

  @Override
  public void takePlain(byte[] bytes, int start, int end, int count, int row) {
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
    values[row] =
        switch (conversion.kind()) {
          case INT -> reader.getInteger();
          case UNSIGNED_INT -> reader.getInteger() & 0xffff_ffffL;
          case LONG -> reader.getLong();
          case BOOLEAN -> reader.getBoolean() ? 1 : 0;
          case INT96 -> LongConversion.int96(reader.getBinary().getBytesUnsafe(), 0);
          case DECIMAL -> {
            byte[] bytes = reader.getBinary().getBytesUnsafe();
            yield conversion.decimal(bytes, 0, bytes.length);
          }
        };
    conversion.apply(values, row, 1);
  }

  /** Sets a value that is already the table's. */
  public void set(int row, long value) {
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
    column = new LongColumn(values, nulls);
  }

  @Override
  public void fill(int rows, Object value) {
    begin(rows);
    Arrays.fill(values, 0, rows, value == null ? 0 : (Long) value);
    finish(value == null ? allNull(rows) : null);
  }

  @Override
  public LongColumn longs() {
    return column;
  }

  static boolean[] allNull(int rows) {
    boolean[] nulls = new boolean[rows];
    Arrays.fill(nulls, true);
    return nulls;
  }

  private void read(byte[] bytes, int start, int end, int count, long[] target, int at) {
    switch (conversion.kind()) {
      case LONG -> {
        checkSize((long) count * Long.BYTES, start, end);
        LittleEndian.buffer(bytes, start, end - start).asLongBuffer().get(target, at, count);
      }
      case INT -> {
        checkSize((long) count * Integer.BYTES, start, end);
        var source = LittleEndian.buffer(bytes, start, end - start).asIntBuffer();
        source.get(idBuffer(count), 0, count);
        for (int i = 0; i < count; i++) {
          target[at + i] = ids[i];
        }
      }
      case UNSIGNED_INT -> {
        checkSize((long) count * Integer.BYTES, start, end);
        for (int i = 0; i < count; i++) {
          target[at + i] = LittleEndian.intAt(bytes, start + i * Integer.BYTES) & 0xffff_ffffL;
        }
      }
      case BOOLEAN -> {
        checkSize((count + 7L) >>> 3, start, end);
        for (int i = 0; i < count; i++) {
          target[at + i] = (long) bytes[start + (i >>> 3)] >>> (i & 7) & 1;
        }
      }
      case INT96 -> {
        checkSize(count * 12L, start, end);
        for (int i = 0; i < count; i++) {
          target[at + i] = LongConversion.int96(bytes, start + i * 12);
        }
      }
      case DECIMAL -> readDecimals(bytes, start, end, count, target, at);
    }
    conversion.apply(target, at, count);
  }

  private void readDecimals(byte[] bytes, int start, int end, int count, long[] target, int at) {
    int position = start;
    for (int i = 0; i < count; i++) {
      int length = conversion.width();
      if (length == 0) {
        length = end - position < Integer.BYTES ? -1 : LittleEndian.intAt(bytes, position);
        position += Integer.BYTES;
      }
      if (length < 0 || length > end - position) {
        throw new DamagedFileException("an amount of %d bytes", length);
      }
      target[at + i] = conversion.decimal(bytes, position, length);
      position += length;
    }
    if (position != end) {
      throw new DamagedFileException("%d bytes left behind %d amounts", end - position, count);
    }
  }
}
