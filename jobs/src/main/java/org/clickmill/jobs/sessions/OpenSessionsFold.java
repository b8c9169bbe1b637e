package org.clickmill.jobs.sessions;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/** Hands the sessions that were open at the end of the day before to the merge. */
final class OpenSessionsFold implements Fold {
  private final FoldContext context;
  private final Visitor visitor = new Visitor();
  private final ByteReader state = new ByteReader();
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  OpenSessionsFold(FoldContext context) {
    this.context = context;
  }

  @Override
  public List<String> columns() {
    return List.of("visitor", "state");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var visitors = batch.strings("visitor");
    var states = batch.strings("state");
    for (int row = 0; row < batch.size(); row++) {
      int name = visitors.ids()[row];
      int offset = visitors.offset(name);
      visitor.set(
          visitors.bytes()[offset],
          visitors.bytes(),
          offset + Visitor.PREFIX,
          visitors.length(name) - Visitor.PREFIX);
      int id = states.ids()[row];
      state.reset(states.bytes(), states.offset(id), states.length(id));
      partial.clear().putBytes(states.bytes(), states.offset(id), states.length(id));
      EventKeys.putVisitor(visitor, key.clear());
      EventKeys.putSession(SessionState.start(state), key);
      context.emitter().emit(Sessions.SESSIONS, key, partial, 1);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    // Nothing waits.
  }
}
