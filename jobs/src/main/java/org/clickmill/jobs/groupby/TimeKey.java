package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** A bucket of a time column: the time at which it begins. */
record TimeKey(String source, String column, long milliseconds) implements Key {
  @Override
  public Type type() {
    return Type.TIME;
  }

  @Override
  public boolean leavesOutNull() {
    return false;
  }

  @Override
  public Key.Numbers numbers() {
    return new Numbers(source, milliseconds);
  }

  @Override
  public void set(Row row, int ordinal, ByteReader key, boolean isLast) {
    row.setLong(ordinal, key.readOrdered());
  }

  @Override
  public void skip(ByteReader key) {
    key.skip(Long.BYTES);
  }

  @Override
  public boolean endsWithText(ByteReader key) {
    return false;
  }

  private static final class Numbers implements Key.Numbers {
    private static final int NEW = -1;

    private final String source;
    private final long length;
    private final LongArrayList starts = new LongArrayList();
    private final Long2IntOpenHashMap numbersByStart = new Long2IntOpenHashMap();

    private Numbers(String source, long length) {
      this.source = source;
      this.length = length;
      numbersByStart.defaultReturnValue(NEW);
    }

    @Override
    public void of(Rows<?> rows, int[] numbers) {
      var times = rows.batch().longs(source).values();
      var batchRows = rows.source().batchRows();
      var selected = rows.all().rows();
      int size = rows.all().size();
      long start = Long.MAX_VALUE;
      int number = NEW;
      for (int i = 0; i < size; i++) {
        int row = selected[i];
        long time = times[batchRows[row]];
        // Rows that lie beside each other are mostly of one bucket.
        if (number == NEW || time < start || time - start >= length) {
          start = Math.floorDiv(time, length) * length;
          number = number(start);
        }
        numbers[row] = number;
      }
    }

    private int number(long start) {
      int number = numbersByStart.putIfAbsent(start, starts.size());
      if (number == NEW) {
        number = starts.size();
        starts.add(start);
      }
      return number;
    }

    @Override
    public int size() {
      return starts.size();
    }

    @Override
    public void put(int number, ByteWriter key, boolean isLast) {
      key.putOrdered(starts.getLong(number));
    }

    @Override
    public long memoryBytes() {
      return starts.size() * 32L;
    }

    @Override
    public void clear() {
      starts.clear();
      numbersByStart.clear();
    }
  }
}
