package org.clickmill.jobs.orders;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.groupby.ComputedRows;
import org.clickmill.jobs.lines.OrderKeys;
import org.clickmill.jobs.lines.OrderLines;

/** The order lines with the order that each belongs to. */
final class OrderDayLines implements ComputedRows {
  private final OrderLines lines = new OrderLines();
  private StringColumn orders;
  private int[] ids = new int[0];

  @Override
  public List<String> columns() {
    return Stream.concat(lines.columns().stream(), OrderKeys.COLUMNS.stream()).toList();
  }

  @Override
  public Set<String> eventTypes() {
    return lines.eventTypes();
  }

  @Override
  public int begin(ColumnBatch batch) {
    int count = lines.begin(batch);
    if (count > 0) {
      orders = OrderKeys.of(batch, lines.batchRows(), count);
      if (ids.length < count) {
        ids = new int[count];
        Arrays.setAll(ids, line -> line);
      }
    }
    return count;
  }

  @Override
  public int[] batchRows() {
    return lines.batchRows();
  }

  @Override
  public int[] flags() {
    return lines.flags();
  }

  @Override
  public StringColumn keyTexts(int index) {
    return orders;
  }

  @Override
  public int[] keyIds(int index) {
    return ids;
  }

  @Override
  public long[] keyNumbers(int index) {
    throw new IllegalArgumentException("No number: key " + index);
  }

  @Override
  public boolean[] keyNulls(int index) {
    throw new IllegalArgumentException("No number: key " + index);
  }

  @Override
  public String describe(int row) {
    return lines.describe(row);
  }

  /** Not negative. */
  long[] units() {
    return lines.units();
  }

  /** Scaled; not negative for returned lines. */
  long[] values() {
    return lines.values();
  }

  /** What a line adds to the revenue, scaled. */
  long[] revenues() {
    return lines.revenues();
  }

  /** Milliseconds since the epoch. */
  long[] times() {
    return lines.times();
  }
}
