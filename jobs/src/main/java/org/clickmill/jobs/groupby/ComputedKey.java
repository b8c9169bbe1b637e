package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * A value that {@link ComputedRows} have, or none, which comes before all values. A byte says which
 * of both. The bytes of keys have the order of the values.
 */
record ComputedKey(int index, String column, Type type) implements Key {
  private static final int NONE = 0;
  private static final int SOME = 1;
  private static final int NEW = -1;
  private static final byte[] NO_TEXT = {(byte) 0xff};

  @Override
  public String source() {
    return null;
  }

  @Override
  public boolean leavesOutNull() {
    return false;
  }

  @Override
  public Key.Numbers numbers() {
    return type == Type.STRING ? new Texts(index) : new Longs(index, type == Type.DOUBLE);
  }

  @Override
  public void set(Row row, int ordinal, ByteReader key, boolean isLast) {
    if (key.readByte() == NONE) {
      return;
    }
    if (type == Type.STRING) {
      if (isLast) {
        row.setText(ordinal, key.bytes(), key.position(), key.remaining());
        key.skip(key.remaining());
      } else {
        OrderedText.set(row, ordinal, key);
      }
    } else if (type == Type.BOOLEAN) {
      row.setBoolean(ordinal, key.readOrdered() != 0);
    } else if (type == Type.DOUBLE) {
      row.setDouble(ordinal, Double.longBitsToDouble(DoubleOrder.of(key.readOrdered())));
    } else {
      row.setLong(ordinal, key.readOrdered());
    }
  }

  @Override
  public void skip(ByteReader key) {
    if (key.readByte() == NONE) {
      return;
    }
    if (type == Type.STRING) {
      OrderedText.skip(key);
    } else {
      key.skip(Long.BYTES);
    }
  }

  @Override
  public boolean endsWithText(ByteReader key) {
    return key.readByte() != NONE && type == Type.STRING;
  }

  /** None is a text that is no UTF-8, so that it has a number once it turns up. */
  private static final class Texts implements Key.Numbers {
    private final int index;
    private final TextDictionary values = new TextDictionary();
    private int[] translation = new int[0];
    private int numberOfNone = NEW;

    private Texts(int index) {
      this.index = index;
    }

    @Override
    public void of(Rows<?> rows, int[] numbers) {
      var source = (ComputedRows) rows.source();
      var texts = source.keyTexts(index);
      var ids = source.keyIds(index);
      translation = TextDictionary.translation(texts, translation);
      var selected = rows.all().rows();
      int size = rows.all().size();
      for (int i = 0; i < size; i++) {
        int row = selected[i];
        int id = ids[row];
        if (id == StringColumn.NULL) {
          if (numberOfNone == NEW) {
            numberOfNone = values.ordinal(NO_TEXT, 0, NO_TEXT.length);
          }
          numbers[row] = numberOfNone;
          continue;
        }
        int number = translation[id];
        if (number == TextDictionary.UNKNOWN) {
          number = values.ordinal(texts, id);
          translation[id] = number;
        }
        numbers[row] = number;
      }
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public void put(int number, ByteWriter key, boolean isLast) {
      if (number == numberOfNone) {
        key.putByte(NONE);
        return;
      }
      key.putByte(SOME);
      if (isLast) {
        key.putBytes(values.bytes(), values.offset(number), values.length(number));
      } else {
        OrderedText.put(values.bytes(), values.offset(number), values.length(number), key);
      }
    }

    @Override
    public long memoryBytes() {
      return values.memoryBytes() + (long) Integer.BYTES * translation.length;
    }

    @Override
    public void clear() {
      values.clear();
      numberOfNone = NEW;
    }
  }

  private static final class Longs implements Key.Numbers {
    private final int index;
    private final boolean areDoubles;
    private final LongArrayList values = new LongArrayList();
    private final Long2IntOpenHashMap numberOf = new Long2IntOpenHashMap();
    private int numberOfNone = NEW;

    private Longs(int index, boolean areDoubles) {
      this.index = index;
      this.areDoubles = areDoubles;
      numberOf.defaultReturnValue(NEW);
    }

    @Override
    public void of(Rows<?> rows, int[] numbers) {
      var source = (ComputedRows) rows.source();
      var all = source.keyNumbers(index);
      var nulls = source.keyNulls(index);
      var selected = rows.all().rows();
      int size = rows.all().size();
      long last = 0;
      int number = NEW;
      for (int i = 0; i < size; i++) {
        int row = selected[i];
        if (nulls != null && nulls[row]) {
          if (numberOfNone == NEW) {
            numberOfNone = values.size();
            values.add(0);
          }
          numbers[row] = numberOfNone;
          continue;
        }
        // Rows that lie beside each other mostly have the same value.
        if (number == NEW || all[row] != last) {
          last = all[row];
          number = number(last);
        }
        numbers[row] = number;
      }
    }

    private int number(long value) {
      int number = numberOf.putIfAbsent(value, values.size());
      if (number != NEW) {
        return number;
      }
      values.add(value);
      return values.size() - 1;
    }

    @Override
    public int size() {
      return values.size();
    }

    @Override
    public void put(int number, ByteWriter key, boolean isLast) {
      if (number == numberOfNone) {
        key.putByte(NONE);
      } else {
        long value = values.getLong(number);
        key.putByte(SOME).putOrdered(areDoubles ? DoubleOrder.of(value) : value);
      }
    }

    @Override
    public long memoryBytes() {
      return values.size() * 32L;
    }

    @Override
    public void clear() {
      values.clear();
      numberOf.clear();
      numberOfNone = NEW;
    }
  }
}
