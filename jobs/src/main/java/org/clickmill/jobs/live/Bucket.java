package org.clickmill.jobs.live;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** The five minutes of a day, numbered from 0. */
final class Bucket {
  static final long MILLISECONDS = TimeUnit.MINUTES.toMillis(5);
  static final int AN_HOUR = 12;

  private static final long DAY_MILLISECONDS = TimeUnit.DAYS.toMillis(1);

  private Bucket() {}

  /** The bucket of its day that an instant in milliseconds lies in. */
  static int of(long time) {
    return (int) (Math.floorMod(time, DAY_MILLISECONDS) / MILLISECONDS);
  }

  /** The day of an instant in milliseconds, since the epoch. */
  static int day(long time) {
    return Math.toIntExact(Math.floorDiv(time, DAY_MILLISECONDS));
  }

  /** When a bucket begins, in milliseconds since the epoch. */
  static long start(LocalDate day, int bucket) {
    return day.toEpochDay() * DAY_MILLISECONDS + bucket * MILLISECONDS;
  }
}
