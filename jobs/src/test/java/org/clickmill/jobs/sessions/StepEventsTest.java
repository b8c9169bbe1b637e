package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.clickmill.formats.event.EventType;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.kernel.ByteReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is left out of a visitor's days changes nothing. */
final class StepEventsTest {
  private static final SessionLimits LIMITS = new SessionLimits(10, 10, 10_000, 10_000, false);
  private static final int DAYS = 3;

  static LongStream seeds() {
    return Seeds.sample(500);
  }

  /**
   * An event.
   *
   * @param time in milliseconds
   * @param mask the steps that it matches
   */
  private record Event(long time, int mask) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void visitorComesAsFarAsWithAllEvents(long seed) {
    var random = new Random(seed);
    int steps = 1 + random.nextInt(3);
    long window = random.nextBoolean() ? FunnelDefinition.NO_WINDOW : random.nextInt(50);
    var definition = definition(steps, window, random.nextBoolean());
    var all = new FunnelState(definition, LIMITS, DAYS * SessionRules.DAY);
    var some = new FunnelState(definition, LIMITS, DAYS * SessionRules.DAY);
    all.clear();
    some.clear();
    for (int day = 0; day < DAYS; day++) {
      long dayStart = day * SessionRules.DAY;
      var kept = new StepEvents(definition, 1000);
      for (var event : events(random, steps)) {
        all.add(dayStart + event.time(), event.mask());
        kept.add(event.time(), event.mask());
      }
      var bytes = kept.bytes();
      StepEvents.read(new ByteReader().reset(bytes.bytes(), 0, bytes.length()), dayStart, some);
    }
    all.settle();
    some.settle();
    assertThat(times(some)).as("seed %d", seed).isEqualTo(times(all));
  }

  @Test
  void repeatedEventsTakeNoMoreThanTheStepsCanUse() {
    var events = new StepEvents(definition(2, FunnelDefinition.NO_WINDOW, false), 1000);
    for (int i = 0; i < 100_000; i++) {
      events.add(i, 1);
    }
    assertThat(events.bytes().length()).isLessThan(10);
    assertThat(events.hasStep()).isTrue();
    events.clear();
    assertThat(events.hasStep()).isFalse();
  }

  @Test
  void noMoreEventsThanTheMostAreRemembered() {
    var events = new StepEvents(definition(2, 10, false), 1000);
    for (int i = 0; i < 100_000; i++) {
      events.add(i, 1 + i % 2);
    }
    assertThat(events.bytes().length()).isEqualTo(2000);
  }

  private static FunnelDefinition definition(int steps, long window, boolean isStrict) {
    var all =
        IntStream.range(0, steps)
            .mapToObj(
                step -> new FunnelStep("s" + step, Set.of(EventType.VIEW), List.of(), List.of()))
            .toList();
    return new FunnelDefinition("f", all, window, isStrict);
  }

  private static List<Event> events(Random random, int steps) {
    var events = new ArrayList<Event>();
    long time = random.nextInt(20);
    int mask = 0;
    for (int left = random.nextInt(12); left > 0; left--) {
      mask = random.nextInt(3) == 0 ? random.nextInt(1 << steps) : mask;
      events.add(new Event(time, mask));
      time += random.nextInt(3) * random.nextInt(20);
    }
    return events;
  }

  private static List<Long> times(FunnelState state) {
    return IntStream.range(0, state.level()).mapToObj(state::time).toList();
  }
}
