package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SessionRulesTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @Test
  void pauseOfThirtyMinutesContinues() {
    assertThat(sessions(0, 30 * MINUTE)).containsExactly(2);
  }

  @Test
  void millisecondMoreStartsAnotherSession() {
    assertThat(sessions(0, 30 * MINUTE + 1)).containsExactly(1, 1);
  }

  @Test
  void sessionOfExactlyOneDayIsWhole() {
    var times = everyHalfHour(0, 24 * HOUR);
    assertThat(sessions(times)).containsExactly(49);
    assertThat(isCut(times, 0, 49, 49)).isFalse();
  }

  @Test
  void sessionIsCutAfterOneDay() {
    var times = everyHalfHour(0, 24 * HOUR + 1);
    assertThat(times[49]).isEqualTo(24 * HOUR + 1);
    assertThat(sessions(times)).containsExactly(49, 1);
    assertThat(isCut(times, 0, 49, 50)).isTrue();
    assertThat(isCut(times, 49, 50, 50)).isFalse();
  }

  @Test
  void pauseIsNoCut() {
    assertThat(isCut(new long[] {0, 30 * MINUTE + 1}, 0, 1, 2)).isFalse();
  }

  @Test
  void eventTwoDaysAfterTheFirstDayCutsNothing() {
    long start = 23 * HOUR + 45 * MINUTE;
    var times = everyHalfHour(start, start + 24 * HOUR + 20 * MINUTE);
    // The last event lies after the second midnight: sessions of the first day are not made of it.
    assertThat(sessions(times)).containsExactly(49, 1);
    assertThat(isCut(times, 0, 49, 50)).isFalse();
  }

  @Test
  void sessionIsOpenWhileAnEventAtMidnightCouldContinueIt() {
    long midnight = 24 * HOUR;
    assertThat(SessionRules.isOpen(midnight - HOUR, midnight - 30 * MINUTE, midnight)).isTrue();
    assertThat(SessionRules.isOpen(midnight - HOUR, midnight - 30 * MINUTE - 1, midnight))
        .isFalse();
    assertThat(SessionRules.isOpen(0, midnight - 1, midnight)).isTrue();
    assertThat(SessionRules.isOpen(-1, midnight - 1, midnight)).isFalse();
  }

  @Test
  void daysBeforeTheEpochBeginAtMidnightToo() {
    assertThat(SessionRules.dayOf(-1)).isEqualTo(-24 * HOUR);
    assertThat(SessionRules.dayOf(0)).isZero();
  }

  @Test
  void openSessionsContinueAsIfTheDayHadNotEnded() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      var events = PlainEvent.random(random, 1 + random.nextInt(200));
      long[] times = events.stream().mapToLong(PlainEvent::time).toArray();
      long midnight = SessionRules.dayOf(times[random.nextInt(times.length)]) + 24 * HOUR;
      int before = (int) Arrays.stream(times).filter(time -> time < midnight).count();
      var expected = starts(times, times.length);
      // The sessions before midnight, then those that what is open at midnight goes on with.
      var found = new ArrayList<Long>();
      int open = before;
      for (int from = 0; from < before; ) {
        int end = end(times, from, before);
        found.add(times[from]);
        if (SessionRules.isOpen(times[from], times[end - 1], midnight)) {
          assertThat(end).isEqualTo(before);
          assertThat(times[from]).isGreaterThanOrEqualTo(midnight - 24 * HOUR);
          open = from;
          found.remove(found.size() - 1);
        }
        from = end;
      }
      for (int from = open; from < times.length; ) {
        found.add(times[from]);
        from = end(times, from, times.length);
      }
      assertThat(found).as("seed %d, round %d", seed, round).isEqualTo(expected);
    }
  }

  /** Brute force: an event begins a session if nothing before it lets it continue one. */
  private static List<Long> starts(long[] times, int size) {
    var starts = new ArrayList<Long>();
    for (int i = 0; i < size; i++) {
      boolean continues =
          i > 0
              && times[i] - times[i - 1] <= 30 * MINUTE
              && times[i] - starts.get(starts.size() - 1) <= 24 * HOUR;
      if (!continues) {
        starts.add(times[i]);
      }
    }
    return starts;
  }

  private static long[] everyHalfHour(long from, long to) {
    var times = new ArrayList<Long>();
    for (long time = from; time < to; time += 30 * MINUTE) {
      times.add(time);
    }
    times.add(to);
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Integer> sessions(long... times) {
    var sizes = new ArrayList<Integer>();
    for (int from = 0; from < times.length; ) {
      int end = end(times, from, times.length);
      sizes.add(end - from);
      from = end;
    }
    return sizes;
  }

  /** Index behind the last event of the session that begins at an index. */
  private static int end(long[] times, int from, int to) {
    int end = from + 1;
    while (end < to && SessionRules.continues(times[from], times[end - 1], times[end])) {
      end++;
    }
    return end;
  }

  private static boolean isCut(long[] times, int from, int end, int to) {
    return end < to && SessionRules.isCut(times[from], times[end - 1], times[end]);
  }
}
