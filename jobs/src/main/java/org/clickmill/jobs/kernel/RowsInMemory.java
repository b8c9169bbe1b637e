package org.clickmill.jobs.kernel;

import java.io.IOException;

/** Brings the rows of all days into order in memory, and writes them at the end. */
final class RowsInMemory implements SlideMerge.Target {
  private final RequestedDays days;
  private final WindowRowsMerge rows;
  private final WaitingPartials sorted = new WaitingPartials();
  private final PartialAggregates partials = new PartialAggregates();
  private final ByteWriter key = new ByteWriter();

  RowsInMemory(RequestedDays days, WindowRowsMerge rows) {
    this.days = days;
    this.rows = rows;
  }

  @Override
  public void add(int day, ByteWriter order, ByteWriter value) {
    WindowRowsMerge.putKey(key.clear(), days.placeInGroup(day), order);
    sorted.add(key, value, 0);
  }

  @Override
  public void end(RowSink output) throws IOException {
    sorted.mergeInto(
        (rowKey, values) -> {
          partials.reset(values);
          rows.merge(rowKey, partials, output);
        });
    rows.end(output);
  }
}
