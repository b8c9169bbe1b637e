package org.clickmill.jobs.sessions;

/** The session of a visitor that is being followed, and what is known of it once it has ended. */
final class FoundSession {
  final Visitor visitor = new Visitor();
  final SessionState state;

  /** Whether it ended only because it was 24 hours long. */
  boolean isCut;

  /** Whether it could go on when its first day ended. */
  boolean isOpen;

  /** Whether no event that is still to come can belong to it. */
  boolean isComplete;

  FoundSession(SessionState state) {
    this.state = state;
  }

  /** Adds an event; a revenue of too many digits is a failure that names the session. */
  void add(int row) {
    try {
      state.add(row);
    } catch (ArithmeticException e) {
      throw SessionRows.tooManyDigits("the revenue", visitor, state.figures.start, e);
    }
  }
}
