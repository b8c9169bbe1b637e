package org.clickmill.jobs.expression;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/** What the clock of a time zone shows. It remembers the last offset: times mostly share it. */
final class LocalClock {
  private final ZoneRules rules;

  /** The offset of the times from one to before the other; of none before it is first asked. */
  private long offset;

  private long from = Long.MAX_VALUE;
  private long to = Long.MIN_VALUE;

  LocalClock(ZoneId zone) {
    rules = zone.getRules();
  }

  /**
   * Reads the clock.
   *
   * @param time in milliseconds since the epoch
   * @return the milliseconds at which a clock of UTC shows the same
   */
  long shows(long time) {
    if (time < from || time >= to) {
      look(Instant.ofEpochMilli(time));
    }
    return time + offset;
  }

  private void look(Instant time) {
    offset = rules.getOffset(time).getTotalSeconds() * 1000L;
    var next = rules.nextTransition(time);
    to = next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    var last = rules.previousTransition(time.plusMillis(1));
    from = last == null ? Long.MIN_VALUE : last.getInstant().toEpochMilli();
  }
}
