package org.clickmill.jobs.sessions;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** How many sessions reached each step of one funnel, and how long each step took them. */
final class FunnelCounts {
  /** The most durations in one partial. */
  static final int CHUNK = 8192;

  private final long[] reached;
  private final MillisecondCounts[] times;

  /**
   * @param steps number of steps of the funnel
   */
  FunnelCounts(int steps) {
    reached = new long[steps];
    times = new MillisecondCounts[steps];
  }

  /**
   * Adds sessions.
   *
   * @param level steps that they reached
   * @param stepTimes milliseconds from each step to the next, as many as level - 1
   * @param sessions how many they are
   */
  void add(int level, ByteReader stepTimes, long sessions) {
    for (int step = 0; step < level; step++) {
      reached[step] += sessions;
      if (step > 0) {
        times(step).add(stepTimes.readUnsigned(), sessions);
      }
    }
  }

  /** Sessions that reached a step, from 0. */
  long reached(int step) {
    return reached[step];
  }

  /** How long sessions took from the step before to a step; null if none reached it. */
  MillisecondCounts timesTo(int step) {
    return times[step];
  }

  long memoryBytes() {
    long bytes = 16L * reached.length + 64;
    for (var counts : times) {
      bytes += counts == null ? 0 : counts.memoryBytes();
    }
    return bytes;
  }

  /** Writes the counts of sessions, which {@link #merge} reads. */
  void writeReached(ByteWriter partial) {
    partial.putUnsigned(0);
    for (long sessions : reached) {
      partial.putUnsigned(sessions);
    }
  }

  /**
   * Writes some of the durations to a step, which {@link #merge} reads.
   *
   * @param sorted the different durations
   */
  void writeTimes(int step, long[] sorted, int from, int to, ByteWriter partial) {
    partial.putUnsigned(step).putUnsigned(to - from);
    long before = 0;
    for (int i = from; i < to; i++) {
      partial.putUnsigned(sorted[i] - before).putUnsigned(times[step].count(sorted[i]));
      before = sorted[i];
    }
  }

  void merge(ByteReader partial) {
    int step = (int) partial.readUnsigned();
    if (step == 0) {
      Arrays.setAll(reached, any -> reached[any] + partial.readUnsigned());
      return;
    }
    long count = partial.readUnsigned();
    long milliseconds = 0;
    for (; count > 0; count--) {
      milliseconds += partial.readUnsigned();
      times(step).add(milliseconds, partial.readUnsigned());
    }
  }

  private MillisecondCounts times(int step) {
    if (times[step] == null) {
      times[step] = new MillisecondCounts();
    }
    return times[step];
  }
}
