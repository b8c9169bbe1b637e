package org.clickmill.jobs.lines;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.groupby.DistinctMeasure.Hashes;
import org.clickmill.jobs.groupby.RowSource;
import org.clickmill.jobs.groupby.Selection;

/** The order lines, that is purchase and return events, as rows to be aggregated. */
public final class OrderLines implements RowSource {
  private final LineReader reader = new LineReader(true);
  private final Map<LineKind, Selection> ofKind = new EnumMap<>(LineKind.class);
  private final Selection all = new Selection();
  private final Selection ownOrders = new Selection();
  private final Selection ownReturns = new Selection();
  private final Selection orders = new Selection();
  private final Selection returns = new Selection();
  private final Selection customers = new Selection();

  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private long[] times = new long[0];
  private long[] units = new long[0];
  private long[] prices = new long[0];
  private long[] values = new long[0];
  private Hashes orderHashes = new Hashes(new long[0], new long[0]);
  private Hashes customerHashes = new Hashes(new long[0], new long[0]);

  public OrderLines() {
    for (var kind : EnumSet.allOf(LineKind.class)) {
      ofKind.put(kind, new Selection());
    }
  }

  @Override
  public List<String> columns() {
    return LineReader.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(EventType.PURCHASE.text(), EventType.RETURN.text());
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    int count = reader.begin(next);
    reserve(count);
    for (var selection : List.of(all, ownOrders, ownReturns, orders, returns, customers)) {
      selection.clear(count);
    }
    ofKind.values().forEach(selection -> selection.clear(count));
    try {
      for (int row = 0; row < count; row++) {
        set(row, reader.read(row));
      }
    } catch (ArithmeticException e) {
      throw reader.overflow("value of lines", next, e);
    }
    return count;
  }

  private void set(int row, Line line) {
    batchRows[row] = line.row;
    times[row] = line.time;
    units[row] = line.units;
    prices[row] = line.price;
    values[row] = line.value;
    orderHashes.highs()[row] = line.orderHigh;
    orderHashes.lows()[row] = line.orderLow;
    customerHashes.highs()[row] = line.customerHigh;
    customerHashes.lows()[row] = line.customerLow;
    all.add(row);
    ofKind.get(line.kind).add(row);
    if (line.kind == LineKind.SOLD) {
      (line.ownOrder ? ownOrders : orders).add(row);
      if (line.hasCustomer) {
        customers.add(row);
      }
    } else if (line.kind == LineKind.RETURNED) {
      (line.ownOrder ? ownReturns : returns).add(row);
    }
  }

  private void reserve(int count) {
    if (batchRows.length >= count) {
      return;
    }
    batchRows = Arrays.copyOf(batchRows, count);
    times = new long[count];
    units = new long[count];
    prices = new long[count];
    values = new long[count];
    orderHashes = new Hashes(new long[count], new long[count]);
    customerHashes = new Hashes(new long[count], new long[count]);
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public long[] times() {
    return times;
  }

  @Override
  public Selection all() {
    return all;
  }

  public Selection of(LineKind kind) {
    return ofKind.get(kind);
  }

  /** Sold lines that belong to an order. */
  public Selection orders() {
    return orders;
  }

  /** Sold lines that are an order of their own. */
  public Selection ownOrders() {
    return ownOrders;
  }

  /** Return lines that belong to an order. */
  public Selection returns() {
    return returns;
  }

  /** Return lines that are an order of their own. */
  public Selection ownReturns() {
    return ownReturns;
  }

  /** Sold lines whose customer is known. */
  public Selection customers() {
    return customers;
  }

  /** Not negative. */
  public long[] units() {
    return units;
  }

  /** Of one unit, scaled. */
  public long[] prices() {
    return prices;
  }

  /** What a line adds to its sum of money, scaled; not negative for returned lines. */
  public long[] values() {
    return values;
  }

  /** Without meaning where a line is an order of its own. */
  public Hashes orderHashes() {
    return orderHashes;
  }

  /** Without meaning where there is no customer. */
  public Hashes customerHashes() {
    return customerHashes;
  }

  @Override
  public ClickmillException overflow(String sums, int row, ArithmeticException cause) {
    reader.read(row);
    return reader.overflow(sums, batch, cause);
  }
}
