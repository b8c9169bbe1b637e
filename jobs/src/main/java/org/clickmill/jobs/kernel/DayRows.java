package org.clickmill.jobs.kernel;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;

/** Takes from the rows of a day what a {@link SlidingWindow} is to see of them. */
public interface DayRows {
  /** The columns of the input that are read. */
  List<String> columns();

  /** Begins with a batch of one day. */
  void begin(ColumnBatch batch);

  /** Appends the key and the value of a row to buffers that are empty. */
  void put(int row, ByteWriter key, ByteWriter value);
}
