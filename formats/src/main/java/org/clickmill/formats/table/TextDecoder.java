package org.clickmill.formats.table;

import java.util.Arrays;
import org.apache.parquet.column.ColumnReader;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.LittleEndian;

/**
 * Texts, or bytes, as dictionary ids. Values that stand outside of the dictionary are added to it,
 * each with an id of its own.
 */
public final class TextDecoder extends ColumnDecoder {
  /** Length of each value, or 0 if it stands before the value. */
  private final int fixedLength;

  private int[] ids = new int[0];
  private byte[] bytes = new byte[0];
  private int[] offsets = new int[1];
  private int size;
  private int dictionarySize;
  private StringColumn column;

  TextDecoder(int fixedLength) {
    this.fixedLength = fixedLength;
  }

  @Override
  public void begin(int rows) {
    if (rows > ids.length) {
      ids = new int[rows];
    }
    size = 0;
    dictionarySize = 0;
    column = null;
  }

  @Override
  public void grow(int rows) {
    if (rows > ids.length) {
      ids = Arrays.copyOf(ids, rows);
    }
  }

  @Override
  public void takeDictionary(byte[] source, int start, int end, int count) {
    append(source, start, end, count);
    dictionarySize = count;
  }

  @Override
  public void takePlain(byte[] source, int start, int end, int count, int row) {
    int id = size;
    append(source, start, end, count);
    for (int i = row; i < row + count; i++) {
      ids[i] = id++;
    }
  }

  @Override
  public int[] idBuffer(int count) {
    return ids;
  }

  @Override
  public int idStart(int row) {
    return row;
  }

  @Override
  public void takeIds(int count, int row) {
    checkIds(ids, row, count, dictionarySize);
  }

  @Override
  public void take(ColumnReader reader, int row) {
    byte[] value = reader.getBinary().getBytesUnsafe();
    ids[row] = append(value, 0, value.length);
  }

  /** Adds a text and gives it an id. */
  public int append(byte[] source, int start, int length) {
    reserve(1, length);
    System.arraycopy(source, start, bytes, offsets[size], length);
    offsets[size + 1] = offsets[size] + length;
    return size++;
  }

  public boolean isEqual(int id, byte[] source, int start, int length) {
    int offset = offsets[id];
    return offsets[id + 1] - offset == length
        && (length == 0 || bytes[offset + length - 1] == source[start + length - 1])
        && Arrays.equals(bytes, offset, offset + length, source, start, start + length);
  }

  @Override
  public void spread(int row, int rows, int count, boolean[] nulls) {
    if (count == 0) {
      Arrays.fill(ids, row, row + rows, StringColumn.NULL);
      return;
    }
    int from = row + count - 1;
    for (int to = row + rows - 1; to >= row; to--) {
      ids[to] = nulls[to] ? StringColumn.NULL : ids[from--];
    }
  }

  @Override
  public void takeNull(int row) {
    ids[row] = StringColumn.NULL;
  }

  @Override
  public void finish(boolean[] nulls) {
    // Writers number the distinct values of a column; what stands outside of that may repeat.
    column = new StringColumn(ids, bytes, offsets, size, size == dictionarySize || size == 1);
  }

  @Override
  public void fill(int rows, Object value) {
    begin(rows);
    int id = StringColumn.NULL;
    if (value != null) {
      byte[] text = (byte[]) value;
      id = append(text, 0, text.length);
    }
    Arrays.fill(ids, 0, rows, id);
    finish(null);
  }

  @Override
  public StringColumn strings() {
    return column;
  }

  private void append(byte[] source, int start, int end, int count) {
    if (fixedLength > 0) {
      checkSize((long) count * fixedLength, start, end);
    } else if (count > (end - start) / Integer.BYTES) {
      throw new DamagedFileException("%d texts in %d bytes", count, end - start);
    }
    reserve(count, end - start);
    int position = start;
    int at = offsets[size];
    for (int i = 0; i < count; i++) {
      int length = fixedLength;
      if (length == 0) {
        length = end - position < Integer.BYTES ? -1 : LittleEndian.intAt(source, position);
        position += Integer.BYTES;
      }
      if (length < 0 || length > end - position) {
        throw new DamagedFileException(
            "a text of %d bytes where %d are left", length, end - position);
      }
      System.arraycopy(source, position, bytes, at, length);
      position += length;
      at += length;
      offsets[++size] = at;
    }
    if (position != end) {
      throw new DamagedFileException("%d bytes left behind %d texts", end - position, count);
    }
  }

  private void reserve(int moreTexts, int moreBytes) {
    long needed = (long) offsets[size] + moreBytes;
    if (needed > Integer.MAX_VALUE - 64 || size > Integer.MAX_VALUE - 65 - moreTexts) {
      throw new DamagedFileException("more than 2 GB of texts in one row group");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) larger(needed));
    }
    if (size + moreTexts + 1 > offsets.length) {
      offsets = Arrays.copyOf(offsets, (int) larger(size + moreTexts + 1L));
    }
  }

  private static long larger(long needed) {
    return Math.min(needed + (needed >> 1), Integer.MAX_VALUE - 64);
  }
}
