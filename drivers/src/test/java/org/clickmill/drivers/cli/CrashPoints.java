package org.clickmill.drivers.cli;

import java.util.Random;
import java.util.stream.LongStream;

/**
 * At which of its changes a command is to crash: random ones, as many as {@code
 * clickmill.test.crashes} says, or each, if that is {@code all}; {@code clickmill.test.seed}
 * repeats them.
 *
 * @param seed of the random numbers
 * @param changes how many there are
 * @param points the changes, from 1
 */
record CrashPoints(long seed, long changes, long[] points) {
  /**
   * Chooses them.
   *
   * @param changes how many there are
   * @param times how often to crash, unless the property says so
   */
  static CrashPoints of(long changes, int times) {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    var wanted = System.getProperty("clickmill.test.crashes", Integer.toString(times));
    var points =
        wanted.equals("all")
            ? LongStream.rangeClosed(1, changes)
            : LongStream.generate(() -> 1 + random.nextLong(changes)).limit(Long.parseLong(wanted));
    return new CrashPoints(seed, changes, points.toArray());
  }

  String describe(long point) {
    return "seed " + seed + ", crash at change " + point + " of " + changes;
  }
}
