package org.clickmill.formats.table;

import org.apache.parquet.column.ColumnReader;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * Takes the values of one column as they stand in a file and keeps them as a batch has them. The
 * arrays are reused from batch to batch.
 */
public abstract class ColumnDecoder {
  /** Makes room for a batch. */
  public abstract void begin(int rows);

  /** Makes room for more rows of a batch that has begun. */
  public abstract void grow(int rows);

  /** Takes the dictionary of a column chunk, whose entries stand one after the other. */
  public abstract void takeDictionary(byte[] bytes, int start, int end, int count);

  /** Takes values that stand one after the other, into the rows from a row on. */
  public abstract void takePlain(byte[] bytes, int start, int end, int count, int row);

  /** Where the ids of values from a row on are to be put before {@link #takeIds}. */
  public abstract int[] idBuffer(int count);

  /** Where in the {@link #idBuffer} the id of a row is to be put. */
  public abstract int idStart(int row);

  /** Takes values as ids of the dictionary. */
  public abstract void takeIds(int count, int row);

  /** Takes a value from parquet-java's own reader. */
  public abstract void take(ColumnReader reader, int row);

  /** Moves values that were taken without gaps to the rows that have one. */
  public abstract void spread(int row, int rows, int count, boolean[] nulls);

  /** Marks a single row that has no value. */
  public abstract void takeNull(int row);

  /** Completes the batch; nulls is null if all rows have a value. */
  public abstract void finish(boolean[] nulls);

  /** Fills the batch with one value, or NULL. */
  public abstract void fill(int rows, Object value);

  public StringColumn strings() {
    throw new IllegalArgumentException("it holds numbers");
  }

  public LongColumn longs() {
    throw new IllegalArgumentException("it does not hold whole numbers");
  }

  public DoubleColumn doubles() {
    throw new IllegalArgumentException("it does not hold floating-point numbers");
  }

  /** Fails unless all ids are those of a dictionary. */
  static void checkIds(int[] ids, int start, int count, int dictionarySize) {
    int wrong = 0;
    for (int i = start; i < start + count; i++) {
      wrong |= ids[i] | (dictionarySize - 1 - ids[i]);
    }
    if (wrong < 0) {
      throw new DamagedFileException("ids beyond a dictionary of %d", dictionarySize);
    }
  }

  static void checkSize(long needed, int start, int end) {
    if (needed != end - start) {
      throw new DamagedFileException("%d bytes of values where %d are due", end - start, needed);
    }
  }
}
