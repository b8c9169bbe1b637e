package org.clickmill.testdata.generate;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;

/**
 * When sessions start: quiet nights, a first rise in the morning and a higher one in the evening,
 * weak weekends, and a rush on the last Friday of November. Starts are asked for in order.
 */
final class SessionStarts {
  private static final int HOURS = 24;
  private static final int SECONDS_PER_HOUR = 3600;

  /** How busy each hour of a day is, UTC. */
  private static final int[] OF_HOUR = {
    12, 8, 8, 14, 26, 42, 56, 66, 74, 80, 84, 86, 84, 80, 78, 80, 86, 96, 104, 106, 94, 66, 38, 20
  };

  /** How busy each day of a week is, Monday first. */
  private static final int[] OF_DAY = {104, 108, 106, 104, 96, 84, 92};

  private final long firstSecond;
  private final long sessions;
  private final long key;

  /** How busy the shop was until the end of each hour, all in all. */
  private final double[] until;

  private int hour;

  SessionStarts(GeneratorOptions options, long sessions) {
    this.firstSecond = options.from().atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    this.sessions = sessions;
    this.key = Randomness.key(options.seed(), Purpose.SESSION_START);
    this.until = new double[options.days() * HOURS];
    double sum = 0;
    for (int i = 0; i < until.length; i++) {
      sum += OF_HOUR[i % HOURS] * ofDay(options.from().plusDays(i / HOURS));
      until[i] = sum;
    }
  }

  /** The second in which a session starts. Sessions must be asked for in the order of number. */
  long next(long session) {
    double jitter = Randomness.fraction(Randomness.of(key, session));
    double target = (session + jitter) / sessions * until[until.length - 1];
    while (hour < until.length - 1 && until[hour] <= target) {
      hour++;
    }
    double before = hour == 0 ? 0 : until[hour - 1];
    double within = (target - before) / (until[hour] - before);
    long second = Math.min(SECONDS_PER_HOUR - 1L, (long) (within * SECONDS_PER_HOUR));
    return firstSecond + (long) hour * SECONDS_PER_HOUR + second;
  }

  private static int ofDay(LocalDate day) {
    int weight = OF_DAY[day.getDayOfWeek().getValue() - 1];
    boolean rush =
        day.getDayOfWeek() == DayOfWeek.FRIDAY
            && day.getMonth() == Month.NOVEMBER
            && day.getDayOfMonth() > 30 - 7;
    return rush ? 2 * weight : weight;
  }
}
