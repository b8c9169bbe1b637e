package org.clickmill.jobs.sessions;

import java.nio.charset.StandardCharsets;

/** One session that has been found among the events of a visitor; reused for the next. */
final class FoundSession {
  /** Where its events lie, in content order. */
  final SessionEvents events;

  /** Index of its first event. */
  int from;

  /** Index after its last event. */
  int to;

  byte visitorKind;

  /** Ordinal of the visitor's text, NULL if there is none. */
  int visitor;

  /** Whether it ended only because it was 24 hours long. */
  boolean isCut;

  /** Whether it could go on when its first day ended. */
  boolean isOpen;

  /** Whether no event that is still to come can belong to it. */
  boolean isComplete;

  FoundSession(SessionEvents events) {
    this.events = events;
  }

  String describeVisitor() {
    if (visitor == SessionEvents.NULL) {
      return "an event without visitor";
    }
    var texts = events.texts();
    return (char) visitorKind
        + ":"
        + new String(
            texts.bytes(), texts.offset(visitor), texts.length(visitor), StandardCharsets.UTF_8);
  }
}
