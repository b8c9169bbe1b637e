package org.clickmill.formats.table;

import org.clickmill.formats.warehouse.Partition;

/**
 * Up to a row group of rows of one partition, column by column. A column is decoded when it is
 * first asked for, and only columns that the job named may be asked for.
 */
public interface ColumnBatch {
  /** The partition that all rows belong to. */
  Partition partition();

  /** Number of rows. */
  int size();

  /**
   * Whether the file has a column. One that it does not have is all NULL or the schema's default.
   *
   * @throws IllegalArgumentException if the job did not name the column
   */
  default boolean isInFile(String column) {
    return true;
  }

  /**
   * A text column; a column that the file does not have is all NULL. Binary columns are read the
   * same way.
   *
   * @throws IllegalArgumentException if the job did not name the column
   */
  StringColumn strings(String column);

  /**
   * A column of ints, longs, days, times in milliseconds or money scaled by 10^4; a column that the
   * file does not have holds the schema's default.
   */
  LongColumn longs(String column);

  /** A column of doubles. */
  DoubleColumn doubles(String column);
}
