package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.sessions.EventColumns.Strings;

/**
 * Finds sessions in the events of a day, in which all events of a visitor stand together in content
 * order. One session is in hand at a time, and its rows are written right here when it ends. To the
 * merge goes only what another day may have a part of: the events before a visitor's first gap, if
 * they begin within a gap of the day's beginning, and the state of a session that is open when the
 * day ends.
 */
final class SessionsFold implements Fold {
  private static final int NO_ID = -2;
  private static final long NEVER = Long.MIN_VALUE;

  /** Bytes of a run of events, about. */
  private static final int RUN_LENGTH = 1 << 15;

  private final FoldContext context;
  private final FinishedSessions output;
  private final FoldedProducts products;
  private final ClusterCheck check = new ClusterCheck();
  private final EventColumns columns = new EventColumns();
  private final FoundSession session;
  private final FoundSession alone;
  private final Visitor visitor;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();

  /** Events that are on their way to the merge. */
  private final ByteWriter run = new ByteWriter();

  private long runEvents;
  private long runTime;

  /** Number of the run among those of the visitor. */
  private long runNumber;

  private Partition partition;
  private LocalDate outputStart;
  private long dayStart;
  private long midnight;
  private boolean isContinued;

  /** Id of the visitor's string in the batch, as far as the last event tells. */
  private int visitorId = NO_ID;

  private boolean hasVisitor;

  /** Whether the visitor's events go to the merge. */
  private boolean isSent;

  /** Length of the key's first part, which is the same for all events of the visitor that go. */
  private int keyLength;

  private long lastTime = NEVER;

  /** Events that are in the session in hand, and those that are finished. */
  private long pending;

  private long finished;

  SessionsFold(
      FoldContext context,
      List<FunnelDefinition> definitions,
      SessionLimits limits,
      FoldedProducts products) {
    this.context = context;
    this.products = products;
    output = new FinishedSessions(context, definitions);
    session = new FoundSession(new SessionState(definitions, limits));
    alone = new FoundSession(new SessionState(definitions, limits));
    visitor = session.visitor;
  }

  @Override
  public List<String> columns() {
    return EventColumns.NAMES;
  }

  @Override
  public Set<String> eventTypes() {
    return Arrays.stream(EventType.values())
        .map(EventType::text)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    if (!batch.partition().equals(partition)) {
      begin(batch.partition());
    }
    columns.begin(batch);
    session.state.begin(columns);
    alone.state.begin(columns);
    output.begin(columns);
    products.begin(columns);
    visitorId = NO_ID;
    long folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (columns.type(row) != KnownType.UNKNOWN) {
        add(row);
        folded++;
      }
    }
    if (hasVisitor) {
      visitor.keep();
      if (!session.state.isEmpty()) {
        session.state.keepStrings();
      }
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return output.memoryBytes() + products.memoryBytes();
  }

  /** Keeps the session in hand, whose visitor may go on. */
  @Override
  public boolean spill(Emitter emitter) throws IOException {
    sendRun();
    output.flush();
    products.flush();
    finished += pending;
    pending = 0;
    emitter.finished(Sessions.SESSIONS, outputStart(emitter), finished);
    finished = 0;
    return hasVisitor;
  }

  @Override
  public void flush(Emitter emitter) throws IOException {
    endVisitor();
    spill(emitter);
  }

  /** The partition feeds one output partition: its day is in one segment. */
  private static LocalDate outputStart(Emitter emitter) {
    return emitter.starts(Sessions.SESSIONS).get(0);
  }

  private void begin(Partition next) {
    partition = next;
    check.begin(next);
    var day = next.day();
    dayStart = day.toEpochDay() * SessionRules.DAY;
    midnight = dayStart + SessionRules.DAY;
    isContinued =
        context.scanned(Datasets.EVENTS_DAILY).contains(day.minusDays(1))
            || context.scanned(Sessions.OPEN_SESSIONS).contains(day.minusDays(1));
    outputStart = outputStart(context.emitter());
    output.begin(day);
    products.begin(day);
  }

  private void add(int row) throws IOException {
    long time = columns.times[row];
    if (isNextVisitor(row)) {
      if (visitor.kind == VisitorHash.NONE) {
        addAlone(row);
        return;
      }
      check.checkFirst(visitor, time);
      hasVisitor = true;
      isSent = isContinued && time - dayStart <= SessionRules.GAP;
      keyLength = 0;
      runNumber = 0;
    } else {
      check.checkNext(time);
      if (time - lastTime > SessionRules.GAP) {
        endSession();
        isSent = false;
      }
    }
    lastTime = time;
    if (isSent) {
      send(row);
    } else {
      session.add(row);
      products.add(row);
      pending++;
    }
  }

  /** Whether a row is not of the visitor in hand; if so, that one is ended and the next is set. */
  private boolean isNextVisitor(int row) throws IOException {
    int id = columns.visitorIds.ids[row];
    if (id != StringColumn.NULL) {
      return isNextVisitor(VisitorHash.VISITOR_ID, columns.visitorIds, id);
    }
    id = columns.users.ids[row];
    if (id != StringColumn.NULL) {
      return isNextVisitor(VisitorHash.USER_ID, columns.users, id);
    }
    id = columns.sessions.ids[row];
    if (id != StringColumn.NULL) {
      return isNextVisitor(VisitorHash.USER_SESSION, columns.sessions, id);
    }
    endVisitor();
    visitor.kind = VisitorHash.NONE;
    return true;
  }

  private boolean isNextVisitor(byte kind, Strings column, int id) throws IOException {
    if (id == visitorId && kind == visitor.kind) {
      return false;
    }
    int offset = column.offsets[id];
    int length = column.length(id);
    visitorId = id;
    if (hasVisitor && visitor.is(kind, column.bytes, offset, length)) {
      return false;
    }
    endVisitor();
    visitorId = id;
    visitor.set(kind, column.bytes, offset, length);
    return true;
  }

  private void endVisitor() throws IOException {
    if (hasVisitor) {
      endSession();
      hasVisitor = false;
    }
    visitorId = NO_ID;
  }

  private void endSession() throws IOException {
    sendRun();
    var state = session.state;
    if (state.isEmpty()) {
      return;
    }
    long start = state.figures.start;
    if (SessionRules.isOpen(start, state.figures.end, midnight)) {
      beginKey();
      EventKeys.putSession(start, key);
      state.write(partial.clear());
      context.emitter().emit(Sessions.SESSIONS, outputStart, key, partial, pending);
    } else {
      output.write(session);
      finished += pending;
    }
    pending = 0;
    state.clear();
    products.endSession();
  }

  private void send(int row) {
    if (runEvents == 0) {
      runTime = columns.times[row];
    }
    EventKeys.putEvent(columns, row, run);
    runEvents++;
    if (run.length() > RUN_LENGTH) {
      sendRun();
    }
  }

  private void sendRun() {
    if (runEvents > 0) {
      beginKey();
      EventKeys.putEvents(runTime, runNumber++, key);
      context.emitter().emit(Sessions.SESSIONS, outputStart, key, run, runEvents);
      run.clear();
      runEvents = 0;
    }
  }

  private void beginKey() {
    if (keyLength == 0) {
      EventKeys.putVisitor(visitor, key.clear());
      keyLength = key.length();
    }
    key.truncate(keyLength);
  }

  private void addAlone(int row) throws IOException {
    alone.add(row);
    products.add(row);
    products.endSession();
    output.write(alone, columns.hash(row));
    alone.state.clear();
    finished++;
  }
}
