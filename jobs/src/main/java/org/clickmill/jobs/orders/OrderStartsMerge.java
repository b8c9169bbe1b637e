package org.clickmill.jobs.orders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.KeyPart;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/**
 * Goes through the days of one order after another and writes the order when its second day is
 * over. One order is in hand at a time.
 */
final class OrderStartsMerge implements Merge {
  private static final TableSchema SCHEMA = OrderStarts.SCHEMA;
  private static final int ORDER_KEY = SCHEMA.ordinal("order_key");
  private static final int IS_COMPLETE = SCHEMA.ordinal("is_complete");
  private static final int[] NAMES = {
    SCHEMA.ordinal("order_id"), SCHEMA.ordinal("user_id"), SCHEMA.ordinal("visitor")
  };
  private static final long NEVER = Long.MIN_VALUE;

  private final MergeContext context;
  private final ByteWriter order = new ByteWriter();
  private final ByteWriter keyOrder = new ByteWriter();
  private final ByteReader reader = new ByteReader();
  private final OrderFigures ofDay = new OrderFigures();

  /** The order in hand, and its names as the fold wrote them. */
  private final OrderFigures figures = new OrderFigures();

  private final ByteWriter names = new ByteWriter();

  /**
   * The day that the order last began on, since the epoch, and whether it is still to be written.
   */
  private long begun = NEVER;

  private boolean isInHand;

  OrderStartsMerge(MergeContext context) {
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    KeyPart.read(key, keyOrder.clear());
    if (!isSameOrder()) {
      end(output);
      order.clear().putBytes(keyOrder.bytes(), 0, keyOrder.length());
    }
    long day = key.readOrdered();
    while (partials.next()) {
      var partial = partials.value();
      if (partial.readByte() == OrderFigures.BEGUN) {
        begun = day;
      } else {
        add(day, partial);
      }
    }
  }

  private boolean isSameOrder() {
    return Arrays.equals(order.bytes(), 0, order.length(), keyOrder.bytes(), 0, keyOrder.length());
  }

  private void add(long day, ByteReader partial) throws IOException {
    ofDay.read(partial);
    if (begun != NEVER && day == begun + 1) {
      if (isInHand) {
        addNextDay();
        write();
      }
      return;
    }
    write();
    if (ofDay.isSold()) {
      begun = day;
      isInHand = true;
      figures.take(ofDay);
      names.clear().putBytes(partial.bytes(), partial.position(), partial.remaining());
    }
  }

  private void addNextDay() {
    try {
      figures.add(ofDay);
    } catch (ArithmeticException e) {
      throw tooManyDigits(e);
    }
  }

  @Override
  public void end(RowSink output) throws IOException {
    write();
    begun = NEVER;
    order.clear();
  }

  private void write() throws IOException {
    if (!isInHand) {
      return;
    }
    isInHand = false;
    var day = LocalDate.ofEpochDay(begun);
    if (context.wants(OrderStarts.DATASET, day)) {
      var sink = context.rows(OrderStarts.DATASET, day);
      set(sink.row(), context.scanned(OrderDays.DATASET).contains(day.plusDays(1)));
      sink.write();
    }
  }

  private void set(Row row, boolean isComplete) {
    row.setText(ORDER_KEY, order.bytes(), 0, order.length());
    reader.reset(names.bytes(), 0, names.length());
    for (int column : NAMES) {
      int length = reader.readTextLength();
      if (length >= 0) {
        row.setText(column, reader.bytes(), reader.position(), length);
        reader.skip(length);
      }
    }
    try {
      figures.set(row);
    } catch (ArithmeticException e) {
      throw tooManyDigits(e);
    }
    row.setBoolean(IS_COMPLETE, isComplete);
  }

  private ClickmillException tooManyDigits(ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write orders of %s: a sum of '%s' has more than %d digits",
        LocalDate.ofEpochDay(begun),
        new String(order.bytes(), 0, order.length(), StandardCharsets.UTF_8),
        Money.PRECISION,
        cause);
  }
}
