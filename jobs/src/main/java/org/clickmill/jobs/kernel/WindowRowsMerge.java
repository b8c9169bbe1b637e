package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;

/** Writes the rows of a group of days, which come in the order of days and of the days' rows. */
final class WindowRowsMerge implements Merge {
  private static final int NO_DAY = -1;

  private final Table output;
  private final WindowRows rows;
  private final RequestedDays days;
  private final MergeContext context;
  private final ByteReader order = new ByteReader();
  private int current = NO_DAY;
  private RowSink sink;

  WindowRowsMerge(Table output, WindowRows rows, RequestedDays days, MergeContext context) {
    this.output = output;
    this.rows = rows;
    this.days = days;
    this.context = context;
  }

  /** Writes what the rows of a group are sorted by. */
  static void putKey(ByteWriter target, int placeInGroup, ByteWriter order) {
    target.putByte(placeInGroup >>> Byte.SIZE).putByte(placeInGroup);
    target.putBytes(order.bytes(), 0, order.length());
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink any) throws IOException {
    int place = (key.readByte() & 0xff) << Byte.SIZE | key.readByte() & 0xff;
    if (place != current) {
      end(any);
      current = place;
      LocalDate day = days.day(context.start(), place);
      sink = context.nextPartition(output.dataset(), day);
      rows.begin(day);
    }
    while (partials.next()) {
      order.reset(key.bytes(), key.position(), key.remaining());
      rows.write(order, partials.value(), sink);
    }
  }

  @Override
  public void end(RowSink any) throws IOException {
    if (current != NO_DAY) {
      rows.end(sink);
    }
    current = NO_DAY;
    sink = null;
  }
}
