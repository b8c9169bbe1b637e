package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.RowSink;

/** Writes sessions that are complete, and not open at the end of their day, from the map task. */
final class FinishedSessions {
  private final FoldContext context;
  private final FunnelSessionRows funnelRows;
  private final SessionId id = new SessionId();

  private LocalDate day;
  private boolean wantsSessions;
  private boolean wantsFunnelSessions;
  private boolean wantsDwell;

  /** Takes the day's rows; opened for the first of them. */
  private RowSink sessions;

  private RowSink funnelSessions;
  private RowSink dwell;

  FinishedSessions(FoldContext context, List<FunnelDefinition> definitions) {
    this.context = context;
    funnelRows = new FunnelSessionRows(definitions);
  }

  void begin(LocalDate next) {
    day = next;
    sessions = null;
    funnelSessions = null;
    dwell = null;
    wantsDwell = context.wants(Sessions.SESSION_DWELL, day);
    wantsSessions = context.wants(Sessions.SESSIONS, day);
    wantsFunnelSessions = context.wants(Sessions.FUNNEL_SESSIONS, day);
  }

  /** Begins with the columns of another batch. */
  void begin(EventColumns columns) {
    funnelRows.begin(columns);
  }

  /**
   * Writes a session. Where it equals others in a funnel, or in what became of its cart, it is
   * counted there until {@link #flush}.
   */
  void write(FoundSession session) throws IOException {
    if (wantsSessions) {
      id.name(session.visitor, session.state.figures.start);
    }
    writeNamed(session);
  }

  /** Writes the session of an event without visitor, which is named after its content. */
  void write(FoundSession session, HashValue128 content) throws IOException {
    id.name(content);
    writeNamed(session);
  }

  private void writeNamed(FoundSession session) throws IOException {
    session.state.settle();
    session.isComplete = true;
    session.isOpen = false;
    session.isCut = false;
    if (wantsSessions) {
      sessions = sessions == null ? context.rows(Sessions.SESSIONS, day) : sessions;
      SessionRows.write(session, id, sessions);
    }
    if (wantsFunnelSessions) {
      funnelRows.collect(session, funnelSessions());
    }
    if (wantsDwell) {
      dwell = dwell == null ? context.rows(Sessions.SESSION_DWELL, day) : dwell;
      session.state.dwell.write(dwell, false);
    }
  }

  long memoryBytes() {
    return funnelRows.memoryBytes();
  }

  /** Writes what was counted. */
  void flush() throws IOException {
    if (funnelRows.hasCollected()) {
      funnelRows.flush(funnelSessions());
    }
  }

  private RowSink funnelSessions() throws IOException {
    if (funnelSessions == null) {
      funnelSessions = context.rows(Sessions.FUNNEL_SESSIONS, day);
    }
    return funnelSessions;
  }
}
