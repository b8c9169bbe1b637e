package org.clickmill.jobs.load;

import java.util.concurrent.TimeUnit;

/** Holds a stream of records to a rate, evenly. */
final class Pace {
  /** Sleeping for less is not worth it, and not exact. */
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final double nanosEach;
  private final long begin = System.nanoTime();

  /**
   * @param rate records per second; 0 for no limit
   */
  Pace(long rate) {
    nanosEach = rate == 0 ? 0 : 1e9 / rate;
  }

  /** Waits until as many records may have been sent. */
  void await(long records) throws InterruptedException {
    if (nanosEach > 0) {
      long ahead = begin + (long) (records * nanosEach) - System.nanoTime();
      if (ahead >= SHORTEST_NANOS) {
        TimeUnit.NANOSECONDS.sleep(ahead);
      }
    }
  }
}
