package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/**
 * Joins what met of a visitor: sessions that were open when a day ended, and events that may go on
 * with them. Keys come visitor by visitor in content order, so one session is in hand at a time and
 * no list of events.
 */
final class SessionsMerge implements Merge {
  private static final TableSchema OPEN = Sessions.OPEN_SESSIONS_SCHEMA;
  private static final int VISITOR = OPEN.ordinal("visitor");
  private static final int START_TIME = OPEN.ordinal("start_time");
  private static final int STATE = OPEN.ordinal("state");

  private final MergeContext context;
  private final Set<LocalDate> scanned;
  private final FunnelSessionRows funnelRows;
  private final MergedProducts products;
  private final SessionId id = new SessionId();
  private final EventKeys keys = new EventKeys();
  private final FoundSession session;
  private final SessionState state;
  private final ByteWriter buffer = new ByteWriter();

  /** What all keys of the visitor in hand begin with. */
  private byte[] prefix = new byte[64];

  private int prefixLength;

  /** The day that the session in hand began on, the midnight that ends it, and if that is past. */
  private LocalDate day;

  private long midnight;
  private boolean isPastMidnight;

  SessionsMerge(
      MergeContext context,
      List<FunnelDefinition> definitions,
      SessionLimits limits,
      MergedProducts products) {
    this.context = context;
    this.products = products;
    scanned = context.scanned(Datasets.EVENTS_DAILY);
    funnelRows = new FunnelSessionRows(definitions);
    state = new SessionState(definitions, limits);
    state.begin(keys.columns());
    session = new FoundSession(state);
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    if (!isSameVisitor(key)) {
      end(output);
      beginVisitor(key);
    }
    key.skip(prefixLength);
    if (EventKeys.isOfEvents(key)) {
      while (partials.next()) {
        var run = partials.value();
        while (run.remaining() > 0) {
          keys.readEvent(run);
          state.begin(keys.columns());
          add(keys.columns().times[0]);
        }
      }
    } else {
      while (partials.next()) {
        end(output);
        state.read(partials.value());
        begin(state.figures.start);
      }
    }
  }

  /** Ends the session in hand, behind which the visitor has no event. */
  @Override
  public void end(RowSink output) throws IOException {
    if (!state.isEmpty()) {
      session.isCut = false;
      endSession();
    }
  }

  private boolean isSameVisitor(ByteReader key) {
    int from = key.position();
    return prefixLength > 0
        && key.remaining() > prefixLength
        && Arrays.equals(key.bytes(), from, from + prefixLength, prefix, 0, prefixLength);
  }

  private void beginVisitor(ByteReader key) {
    int from = key.position();
    int size = key.remaining();
    EventKeys.readVisitor(key, session.visitor);
    prefixLength = size - key.remaining();
    key.reset(key.bytes(), from, size);
    prefix = prefix.length < prefixLength ? new byte[2 * prefixLength] : prefix;
    System.arraycopy(key.bytes(), from, prefix, 0, prefixLength);
  }

  private void add(long time) throws IOException {
    if (!state.isEmpty()) {
      long start = state.figures.start;
      long last = state.figures.end;
      if (!SessionRules.continues(start, last, time)) {
        session.isCut = SessionRules.isCut(start, last, time);
        endSession();
      } else if (time >= midnight && !isPastMidnight) {
        passMidnight();
      }
    }
    if (state.isEmpty()) {
      state.strings.keepAll();
      begin(time);
    }
    session.add(0);
    products.add(keys.columns());
  }

  private void begin(long start) {
    day = LocalDate.ofEpochDay(Math.floorDiv(start, SessionRules.DAY));
    midnight = SessionRules.dayOf(start) + SessionRules.DAY;
    isPastMidnight = false;
  }

  /** Judges by the events before midnight whether others could go on with the session. */
  private void passMidnight() throws IOException {
    isPastMidnight = true;
    long start = state.figures.start;
    session.isOpen = SessionRules.isOpen(start, state.figures.end, midnight);
    session.isComplete = !session.isOpen || scanned.contains(day.plusDays(1));
    if (session.isOpen && context.wants(Sessions.OPEN_SESSIONS, day)) {
      var sink = context.rows(Sessions.OPEN_SESSIONS, day);
      var row = sink.row();
      session.visitor.putName(buffer.clear());
      row.setText(VISITOR, buffer.bytes(), 0, buffer.length());
      row.setLong(START_TIME, start);
      state.write(buffer.clear());
      row.setText(STATE, buffer.bytes(), 0, buffer.length());
      sink.write();
    }
  }

  private void endSession() throws IOException {
    if (!isPastMidnight) {
      passMidnight();
    }
    state.settle();
    if (context.wants(Sessions.SESSIONS, day)) {
      id.name(session.visitor, state.figures.start);
      SessionRows.write(session, id, context.rows(Sessions.SESSIONS, day));
    }
    if (context.wants(Sessions.FUNNEL_SESSIONS, day)) {
      funnelRows.write(session, context.rows(Sessions.FUNNEL_SESSIONS, day));
    }
    if (context.wants(Sessions.SESSION_DWELL, day)) {
      writeDwell();
    }
    state.clear();
    products.endSession();
  }

  private void writeDwell() throws IOException {
    if (!state.hasDwell()) {
      throw ClickmillException.notReady(
          "Missing time of the session of %s that began at %s: open_sessions of that day was made"
              + " without dwell; run sessions for that day first",
          session.visitor, Instant.ofEpochMilli(state.figures.start));
    }
    state.dwell.write(context.rows(Sessions.SESSION_DWELL, day), session.isOpen);
  }
}
