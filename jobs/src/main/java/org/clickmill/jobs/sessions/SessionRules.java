package org.clickmill.jobs.sessions;

/**
 * Where sessions begin and end. A session is one visitor's events with no gap over 30 minutes, at
 * most 24 hours long; both limits are inclusive, to the millisecond.
 */
final class SessionRules {
  static final long DAY = 86_400_000L;

  /** The longest pause within a session. */
  static final long GAP = 1_800_000L;

  /** The longest time from a session's first event to its last. */
  static final long LONGEST = DAY;

  private SessionRules() {}

  /** Whether an event belongs to a session with such a first and last event. */
  static boolean continues(long start, long last, long time) {
    return time - last <= GAP && time - start <= LONGEST;
  }

  /**
   * Whether a session ended only because it had become 24 hours long. The event that it would have
   * gone on with counts where it lies on the session's first day or the one after; a later day is
   * no input of the table that the session stands in.
   *
   * @param next the event behind it, which does not continue it
   */
  static boolean isCut(long start, long last, long next) {
    return next - last <= GAP && next < dayOf(start) + 2 * DAY;
  }

  /** The midnight, in milliseconds, that begins the day of a time. */
  static long dayOf(long time) {
    return Math.floorDiv(time, DAY) * DAY;
  }

  /**
   * Whether an event at or after a midnight could still go on with a session, to judge by its
   * events before that midnight. Such a session always began on the day that the midnight ends.
   *
   * @param last time of its last event before the midnight
   */
  static boolean isOpen(long start, long last, long midnight) {
    return last + GAP >= midnight && start + LONGEST >= midnight;
  }
}
