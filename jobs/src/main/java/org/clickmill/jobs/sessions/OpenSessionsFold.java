package org.clickmill.jobs.sessions;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Hands the sessions that were open at the end of the day before to the merge. */
final class OpenSessionsFold implements Fold {
  private ByteWriter waiting = new ByteWriter();
  private long rows;

  @Override
  public List<String> columns() {
    return List.of("visitor", "events");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var visitors = batch.strings("visitor");
    var events = batch.strings("events");
    for (int row = 0; row < batch.size(); row++) {
      int visitor = visitors.ids()[row];
      waiting.putText(visitors.bytes(), visitors.offset(visitor), visitors.length(visitor));
      int chunk = events.ids()[row];
      waiting.putText(events.bytes(), events.offset(chunk), events.length(chunk));
    }
    rows += batch.size();
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return waiting.length();
  }

  @Override
  public void flush(Emitter emitter) {
    var reader = new ByteReader().reset(waiting.bytes(), 0, waiting.length());
    var key = new ByteWriter();
    var partial = new ByteWriter();
    for (; rows > 0; rows--) {
      copyText(reader, key.clear());
      copyText(reader, partial.clear());
      emitter.emit(Sessions.SESSIONS, key, partial, 1);
    }
    waiting = new ByteWriter();
  }

  private static void copyText(ByteReader source, ByteWriter target) {
    int length = source.readTextLength();
    target.putBytes(source.bytes(), source.position(), length);
    source.skip(length);
  }
}
