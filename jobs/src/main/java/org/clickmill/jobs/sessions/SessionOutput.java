package org.clickmill.jobs.sessions;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.jobs.kernel.FoldContext;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.TextDictionary;

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
    begin(session);
    return writeNamed(session);
  }

  /**
   * Writes a session as {@link #write} does, but where it equals others in a funnel or in what
   * became of its cart, it is only counted until {@link #flush}. All sessions in between have texts
   * of one dictionary, in which equal texts of a column have equal ordinals.
   */
  int collect(FoundSession session) throws IOException {
    begin(session);
    writeSession(session);
    if (wantsFunnelSessions) {
      funnelRows.collect(session, funnelSessions());
    }
    return session.to - session.from;
  }

  /** Writes what was counted. */
  void flush(TextDictionary texts) throws IOException {
    if (wantsFunnelSessions && funnelRows.hasCollected()) {
      funnelRows.flush(texts, funnelSessions());
    }
  }

  /** Writes the session of an event without visitor, which is named after its content. */
  int writeWithoutVisitor(FoundSession session, HashValue128 content) throws IOException {
    session.visitorKind = Visitor.NONE;
    session.visitor = SessionEvents.NULL;
    id.name(content);
    return writeNamed(session);
  }

  private void begin(FoundSession session) {
    session.events.sort(session.from, session.to);
    if (wantsSessions) {
      var texts = session.events.texts();
      id.name(session.visitorKind, texts, session.visitor, session.events.times[session.from]);
    }
  }

  private int writeNamed(FoundSession session) throws IOException {
    writeSession(session);
    if (wantsFunnelSessions) {
      funnelRows.write(session, funnelSessions());
    }
    return session.to - session.from;
  }

  private void writeSession(FoundSession session) throws IOException {
    session.isComplete = true;
    if (wantsSessions) {
      sessions = sessions == null ? context.rows(Sessions.SESSIONS, day) : sessions;
      sessionRows.write(session, id, sessions);
    }
  }

  private RowSink funnelSessions() throws IOException {
    if (funnelSessions == null) {
      funnelSessions = context.rows(Sessions.FUNNEL_SESSIONS, day);
    }
    return funnelSessions;
  }
}
