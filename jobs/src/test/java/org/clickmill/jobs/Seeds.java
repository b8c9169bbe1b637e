package org.clickmill.jobs;

import java.util.Random;
import java.util.stream.LongStream;

/** The seeds of random tests. */
public final class Seeds {
  private Seeds() {}

  /**
   * New seeds each time. The system property {@code clickmill.test.seed} repeats one that failed,
   * {@code clickmill.test.seeds} takes more of them than a build has time for.
   *
   * @param count how many, unless the property says so
   */
  public static LongStream sample(int count) {
    var repeated = Long.getLong("clickmill.test.seed");
    return repeated != null
        ? LongStream.of(repeated)
        : new Random().longs(Integer.getInteger("clickmill.test.seeds", count));
  }
}
