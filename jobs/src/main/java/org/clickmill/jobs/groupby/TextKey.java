package org.clickmill.jobs.groupby;

import java.nio.charset.StandardCharsets;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * The value of a string column.
 *
 * @param ofNull the value of rows without one; null if these are left out
 */
record TextKey(String source, String column, String ofNull) implements Key {
  @Override
  public Type type() {
    return Type.STRING;
  }

  @Override
  public boolean leavesOutNull() {
    return ofNull == null;
  }

  @Override
  public Key.Numbers numbers() {
    return new Numbers(source, ofNull);
  }

  @Override
  public void set(Row row, int ordinal, ByteReader key, boolean isLast) {
    int length = isLast ? key.remaining() : key.readTextLength();
    row.setText(ordinal, key.bytes(), key.position(), length);
    key.skip(length);
  }

  @Override
  public void skip(ByteReader key) {
    key.skip(key.readTextLength());
  }

  @Override
  public boolean endsWithText(ByteReader key) {
    return true;
  }

  private static final class Numbers implements Key.Numbers {
    private final String source;
    private final byte[] ofNull;
    private final TextDictionary values = new TextDictionary();
    private int[] translation = new int[0];

    private Numbers(String source, String ofNull) {
      this.source = source;
      this.ofNull = ofNull == null ? null : ofNull.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void of(Rows<?> rows, int[] numbers) {
      var column = rows.batch().strings(source);
      translation = TextDictionary.translation(column, translation);
      int numberOfNull = TextDictionary.UNKNOWN;
      var ids = column.ids();
      var batchRows = rows.source().batchRows();
      var selected = rows.all().rows();
      int size = rows.all().size();
      for (int i = 0; i < size; i++) {
        int row = selected[i];
        int id = ids[batchRows[row]];
        if (id != StringColumn.NULL) {
          int number = translation[id];
          if (number == TextDictionary.UNKNOWN) {
            number = values.ordinal(column, id);
            translation[id] = number;
          }
          numbers[row] = number;
        } else {
          if (numberOfNull == TextDictionary.UNKNOWN) {
            numberOfNull = values.ordinal(ofNull, 0, ofNull.length);
          }
          numbers[row] = numberOfNull;
        }
      }
    }

    @Override
    public int size() {
      return values.size();
    }

    /** The last value is as it is, others have their length before them. */
    @Override
    public void put(int number, ByteWriter key, boolean isLast) {
      if (isLast) {
        key.putBytes(values.bytes(), values.offset(number), values.length(number));
      } else {
        key.putText(values.bytes(), values.offset(number), values.length(number));
      }
    }

    @Override
    public long memoryBytes() {
      return values.memoryBytes() + (long) Integer.BYTES * translation.length;
    }

    @Override
    public void clear() {
      values.clear();
    }
  }
}
