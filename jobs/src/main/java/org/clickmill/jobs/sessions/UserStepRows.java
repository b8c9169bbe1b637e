package org.clickmill.jobs.sessions;

import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.DayRows;

/** The events of each visitor on a day, by funnel and visitor. */
final class UserStepRows implements DayRows {
  private StringColumn funnels;
  private StringColumn visitors;
  private StringColumn events;

  @Override
  public List<String> columns() {
    return List.of("funnel", "visitor", "events");
  }

  @Override
  public void begin(ColumnBatch batch) {
    funnels = batch.strings("funnel");
    visitors = batch.strings("visitor");
    events = batch.strings("events");
  }

  @Override
  public void put(int row, ByteWriter key, ByteWriter value) {
    int funnel = funnels.ids()[row];
    key.putText(funnels.bytes(), funnels.offset(funnel), funnels.length(funnel));
    int visitor = visitors.ids()[row];
    key.putBytes(visitors.bytes(), visitors.offset(visitor), visitors.length(visitor));
    int ofDay = events.ids()[row];
    value.putBytes(events.bytes(), events.offset(ofDay), events.length(ofDay));
  }
}
