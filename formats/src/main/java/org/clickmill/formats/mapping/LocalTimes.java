package org.clickmill.formats.mapping;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Turns the local times of a zone into milliseconds since the epoch. As java.time does, a time in a
 * gap moves forward by the gap's length and one that occurs twice is the earlier one.
 */
final class LocalTimes {
  private static final long DAY_SECONDS = 86_400;

  private final ZoneId zone;
  private final ZoneRules rules;
  private final boolean isFixed;
  private long offsetSeconds;
  private long cachedDay = Long.MIN_VALUE;

  LocalTimes(ZoneId zone) {
    this.zone = zone;
    rules = zone.getRules();
    isFixed = rules.isFixedOffset();
    if (isFixed) {
      offsetSeconds = rules.getOffset(LocalDateTime.MIN).getTotalSeconds();
    }
  }

  /** The moment at which clocks show the local time, given as seconds since 1970 on them. */
  long epochSeconds(long localSeconds) {
    if (isFixed) {
      return localSeconds - offsetSeconds;
    }
    long day = Math.floorDiv(localSeconds, DAY_SECONDS);
    if (day == cachedDay) {
      return localSeconds - offsetSeconds;
    }
    var local = LocalDateTime.ofEpochSecond(localSeconds, 0, ZoneOffset.UTC);
    var instant = local.atZone(zone).toInstant();
    var before =
        LocalDateTime.ofEpochSecond((day - 1) * DAY_SECONDS, 0, ZoneOffset.UTC)
            .toInstant(ZoneOffset.UTC);
    ZoneOffsetTransition next = rules.nextTransition(before);
    if (next == null || next.toEpochSecond() > (day + 2) * DAY_SECONDS) {
      offsetSeconds = localSeconds - instant.getEpochSecond();
      cachedDay = day;
    }
    return instant.getEpochSecond();
  }
}
