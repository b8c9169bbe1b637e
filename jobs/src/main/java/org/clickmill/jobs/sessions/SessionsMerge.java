package org.clickmill.jobs.sessions;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Splits what met of a visitor's events into sessions: those of a segment of days, after the events
 * of the session that was open before it.
 */
final class SessionsMerge implements Merge {
  /** A visitor with more texts than this gets a dictionary of its own. */
  private static final long TEXTS_TO_REUSE = 1L << 17;

  private static final TableSchema OPEN = Sessions.OPEN_SESSIONS_SCHEMA;
  private static final int VISITOR = OPEN.ordinal("visitor");
  private static final int CHUNK = OPEN.ordinal("chunk");
  private static final int EVENTS = OPEN.ordinal("events");

  private final MergeContext context;
  private final Set<LocalDate> scanned;
  private final SessionRows sessionRows = new SessionRows();
  private final FunnelSessionRows funnelRows;
  private final SessionId id = new SessionId();
  private final ByteWriter chunk = new ByteWriter();
  private FoundSession session = empty();

  SessionsMerge(MergeContext context, List<FunnelDefinition> definitions) {
    this.context = context;
    scanned = context.scanned(Datasets.EVENTS_DAILY);
    funnelRows = new FunnelSessionRows(definitions);
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    clear();
    var events = session.events;
    while (partials.next()) {
      EventCodec.read(partials.value(), events);
    }
    events.sort();
    session.visitorKind = key.bytes()[key.position()];
    session.visitor =
        events
            .texts()
            .ordinal(
                key.bytes(), key.position() + Visitor.PREFIX, key.remaining() - Visitor.PREFIX);
    int size = events.size();
    for (int from = 0; from < size; from = session.to) {
      session.from = from;
      session.to = SessionRules.end(events.times, from, size);
      session.isCut = SessionRules.isCut(events.times, from, session.to, size);
      write(key);
    }
  }

  private void write(ByteReader key) throws IOException {
    long[] times = session.events.times;
    long start = times[session.from];
    long midnight = SessionRules.dayOf(start) + SessionRules.DAY;
    int before = session.to;
    while (times[before - 1] >= midnight) {
      before--;
    }
    var day = LocalDate.ofEpochDay(Math.floorDiv(start, SessionRules.DAY));
    session.isOpen = SessionRules.isOpen(start, times[before - 1], midnight);
    session.isComplete = !session.isOpen || scanned.contains(day.plusDays(1));
    if (context.wants(Sessions.SESSIONS, day)) {
      id.name(session.visitorKind, session.events.texts(), session.visitor, start);
      sessionRows.write(session, id, context.rows(Sessions.SESSIONS, day));
    }
    if (context.wants(Sessions.FUNNEL_SESSIONS, day)) {
      funnelRows.write(session, context.rows(Sessions.FUNNEL_SESSIONS, day));
    }
    if (session.isOpen && context.wants(Sessions.OPEN_SESSIONS, day)) {
      writeOpen(key, before, context.rows(Sessions.OPEN_SESSIONS, day));
    }
  }

  private void writeOpen(ByteReader key, int end, RowSink sink) throws IOException {
    int number = 0;
    for (int from = session.from; from < end; from += EventCodec.CHUNK) {
      EventCodec.write(session.events, from, Math.min(end, from + EventCodec.CHUNK), chunk.clear());
      var row = sink.row();
      row.setText(VISITOR, key.bytes(), key.position(), key.remaining());
      row.setLong(CHUNK, number++);
      row.setText(EVENTS, chunk.bytes(), 0, chunk.length());
      sink.write();
    }
  }

  private void clear() {
    // Emptying a dictionary takes time by its size, so a large one is not kept for small visitors.
    if (session.events.texts().memoryBytes() > TEXTS_TO_REUSE) {
      session = empty();
    }
    session.events.clear();
    session.events.texts().clear();
  }

  private static FoundSession empty() {
    return new FoundSession(new SessionEvents(new TextDictionary()));
  }
}
