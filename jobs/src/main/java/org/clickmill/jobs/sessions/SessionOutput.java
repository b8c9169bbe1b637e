package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.RowSink;

/** Writes sessions that are complete, and not open at the end of their day, from the map task. */
final class SessionOutput {
  private final FoldContext context;
  private final SessionRows sessionRows = new SessionRows();
  private final FunnelSessionRows funnelRows;
  private final SessionId id = new SessionId();

  private LocalDate day;
  private boolean wantsSessions;
  private boolean wantsFunnelSessions;

  /** Take the day's rows; opened for the first of them. */
  private RowSink sessions;

  private RowSink funnelSessions;

  SessionOutput(FoldContext context, List<FunnelDefinition> definitions) {
    this.context = context;
    funnelRows = new FunnelSessionRows(definitions);
  }

  void begin(LocalDate next) {
    day = next;
    sessions = null;
    funnelSessions = null;
    wantsSessions = context.wants(Sessions.SESSIONS, day);
    wantsFunnelSessions = context.wants(Sessions.FUNNEL_SESSIONS, day);
  }

  /** Writes a session, whose events need not be in content order; returns how many they are. */
  int write(FoundSession session) throws IOException {
    session.events.sort(session.from, session.to);
    if (wantsSessions) {
      var texts = session.events.texts();
      id.name(session.visitorKind, texts, session.visitor, session.events.times[session.from]);
    }
    return writeNamed(session);
  }

  /** Writes the session of an event without visitor, which is named after its content. */
  int writeWithoutVisitor(FoundSession session, HashValue128 content) throws IOException {
    session.visitorKind = Visitor.NONE;
    session.visitor = SessionEvents.NULL;
    id.name(content);
    return writeNamed(session);
  }

  private int writeNamed(FoundSession session) throws IOException {
    session.isComplete = true;
    if (wantsSessions) {
      sessions = sessions == null ? context.rows(Sessions.SESSIONS, day) : sessions;
      sessionRows.write(session, id, sessions);
    }
    if (wantsFunnelSessions) {
      funnelSessions =
          funnelSessions == null ? context.rows(Sessions.FUNNEL_SESSIONS, day) : funnelSessions;
      funnelRows.write(session, funnelSessions);
    }
    return session.to - session.from;
  }
}
