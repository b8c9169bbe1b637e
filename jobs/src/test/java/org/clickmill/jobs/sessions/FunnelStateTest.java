package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventType;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FunnelStateTest {
  private static final FunnelDefinition BUILT_IN = FunnelDefinition.VIEW_CART_PURCHASE;
  private static final SessionLimits LIMITS =
      new SessionLimits(1000, 1000, 100_000, 100_000, false);

  private final SessionStrings strings = new SessionStrings();

  @ParameterizedTest
  @CsvSource({
    "abc, 3, 3",
    "adbc, 3, 1",
    "aabbcc, 3, 3",
    "aabbdcc, 3, 2",
    "ccbbaa, 1, 1",
    "d, 0, 0",
  })
  void publishedTableComesOut(String letters, int ordered, int strict) {
    var events = new ArrayList<PlainEvent>();
    for (int i = 0; i < letters.length(); i++) {
      var type =
          switch (letters.charAt(i)) {
            case 'a' -> EventType.VIEW;
            case 'b' -> EventType.CART;
            case 'c' -> EventType.PURCHASE;
            default -> EventType.RETURN;
          };
      events.add(PlainEvent.of(i, type));
    }
    assertThat(level(BUILT_IN, events)).isEqualTo(ordered);
    var strictly = new FunnelDefinition("s", BUILT_IN.steps(), FunnelDefinition.NO_WINDOW, true);
    assertThat(level(strictly, events)).isEqualTo(strict);
  }

  @Test
  void laterFirstStepIsChosenWhereTheWindowNeedsIt() {
    var windowed = new FunnelDefinition("w", BUILT_IN.steps(), 30 * 60_000L, false);
    var state =
        state(
            windowed,
            List.of(
                PlainEvent.of(0, EventType.VIEW),
                PlainEvent.of(50 * 60_000L, EventType.VIEW),
                PlainEvent.of(55 * 60_000L, EventType.CART)));
    assertThat(state.level()).isEqualTo(2);
    assertThat(state.time(0)).isEqualTo(50 * 60_000L);
    assertThat(state.time(1)).isEqualTo(55 * 60_000L);
  }

  @Test
  void windowIsInclusive() {
    var windowed = new FunnelDefinition("w", BUILT_IN.steps(), 1000, false);
    var view = PlainEvent.of(0, EventType.VIEW);
    assertThat(level(windowed, List.of(view, PlainEvent.of(1000, EventType.CART)))).isEqualTo(2);
    assertThat(level(windowed, List.of(view, PlainEvent.of(1001, EventType.CART)))).isEqualTo(1);
  }

  @Test
  void atOneInstantStepsCountInTheirOrder() {
    // In content order: cart, purchase, view.
    var events =
        List.of(
            PlainEvent.of(5, EventType.CART),
            PlainEvent.of(5, EventType.PURCHASE),
            PlainEvent.of(5, EventType.VIEW));
    assertThat(level(BUILT_IN, events)).isEqualTo(3);
  }

  @Test
  void oneEventReachesOneStepOnly() {
    var twice = funnel(Set.of(EventType.VIEW), Set.of(EventType.VIEW));
    var view = PlainEvent.of(5, EventType.VIEW);
    assertThat(level(twice, List.of(view))).isEqualTo(1);
    assertThat(level(twice, List.of(view, view))).isEqualTo(2);
  }

  @Test
  void eventOfOneStepOnlyComesBeforeOneOfTwoAtOneInstant() {
    var either = EnumSet.of(EventType.CART, EventType.VIEW);
    var funnel = funnel(either, Set.of(EventType.CART));
    // The view begins, so that the cart is left for the second step.
    var events = List.of(PlainEvent.of(5, EventType.CART), PlainEvent.of(5, EventType.VIEW));
    assertThat(level(funnel, events)).isEqualTo(2);
  }

  @Test
  void purchaseOfNothingIsNoStepAndEndsAStrictChain() {
    var events =
        List.of(
            PlainEvent.of(1, EventType.VIEW),
            PlainEvent.of(2, EventType.PURCHASE).quantity(0),
            PlainEvent.of(3, EventType.CART),
            PlainEvent.of(4, EventType.PURCHASE).quantity(-1));
    assertThat(level(BUILT_IN, events)).isEqualTo(2);
    var strict = new FunnelDefinition("s", BUILT_IN.steps(), FunnelDefinition.NO_WINDOW, true);
    assertThat(level(strict, events)).isEqualTo(1);
  }

  @Test
  void brandsAndCategoriesAreConditions() {
    var step =
        new FunnelStep(
            "s",
            Set.of(EventType.VIEW),
            List.of(TextCondition.of("lux"), TextCondition.of("(none)")),
            List.of(TextCondition.of("shoes.*")));
    var funnel = new FunnelDefinition("c", List.of(step), FunnelDefinition.NO_WINDOW, false);
    var view = PlainEvent.of(1, EventType.VIEW).category("shoes.kids");
    assertThat(level(funnel, List.of(view))).isEqualTo(1);
    assertThat(level(funnel, List.of(view.brand("lux")))).isEqualTo(1);
    assertThat(level(funnel, List.of(view.brand("luxe")))).isZero();
    assertThat(level(funnel, List.of(view.category("shoes")))).isZero();
    assertThat(level(funnel, List.of(view.category(null)))).isZero();
  }

  @Test
  void chainsEqualThoseOfBruteForce() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var levels = new int[6];
    for (int round = 0; round < 20_000; round++) {
      var definition = randomFunnel(random);
      var events = randomEvents(random);
      var columns = PlainEvent.columns(events);
      strings.clear();
      var state = new FunnelState(definition, LIMITS);
      state.clear();
      state.begin(columns);
      for (int row = 0; row < events.size(); row++) {
        boolean isNewInstant = row > 0 && events.get(row).time() > events.get(row - 1).time();
        if (isNewInstant && random.nextInt(3) == 0) {
          state = readAgain(definition, state, columns);
        } else if (random.nextInt(5) == 0) {
          strings.renew();
          state.renew(columns, strings);
          strings.endRenewal();
        }
        state.add(columns, row, strings);
      }
      state.settle();
      var expected =
          bruteForce(definition, events).stream().map(events::get).collect(Collectors.toList());
      var as = "seed " + seed + ", round " + round + ": " + definition + " on " + events;
      assertThat(state.level()).as(as).isEqualTo(expected.size());
      assertThat(state.isCapped()).as(as).isFalse();
      for (int step = 0; step < expected.size(); step++) {
        assertThat(state.time(step)).as(as).isEqualTo(expected.get(step).time());
      }
      if (!expected.isEmpty()) {
        var first = expected.get(0);
        assertThat(PlainEvent.text(strings, columns.brands, state.brand()))
            .as(as)
            .isEqualTo(first.brand());
        assertThat(PlainEvent.text(strings, columns.categories, state.category()))
            .as(as)
            .isEqualTo(first.category());
      }
      levels[state.level()]++;
    }
    assertThat(levels).as("seed %d", seed).doesNotContain(0);
  }

  @Test
  void choosesNoWorseThanAnyChoiceWhereEventsMatchOneStep() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 5000; round++) {
      long window = random.nextBoolean() ? FunnelDefinition.NO_WINDOW : random.nextInt(8);
      var definition = new FunnelDefinition("w", BUILT_IN.steps(), window, false);
      var events = randomEvents(random);
      int longest = 0;
      for (int first = 0; first < events.size(); first++) {
        longest = Math.max(longest, longestFrom(definition, events, first, 0, first));
      }
      assertThat(level(definition, events))
          .as("seed %d, round %d: %s on %s", seed, round, definition, events)
          .isEqualTo(longest);
    }
  }

  @Test
  void hundredThousandEventsAreQuick() {
    var random = new Random(7);
    var events = new ArrayList<PlainEvent>();
    for (int i = 0; i < 100_000; i++) {
      // Instants of many events, and no purchase before the last.
      var type =
          i == 99_999
              ? EventType.PURCHASE
              : random.nextInt(3) == 0 ? EventType.CART : EventType.VIEW;
      events.add(PlainEvent.of(i / 100, type));
    }
    var columns = PlainEvent.columns(events);
    for (long window : new long[] {FunnelDefinition.NO_WINDOW, 990, 500, 10}) {
      for (boolean strict : new boolean[] {false, true}) {
        var definition = new FunnelDefinition("q", BUILT_IN.steps(), window, strict);
        long begin = System.nanoTime();
        assertThat(state(definition, LIMITS, columns, events.size()).level()).isEqualTo(3);
        assertThat(System.nanoTime() - begin).isLessThan(2_000_000_000L);
      }
    }
  }

  @Test
  void levelIsRightWhereSomeStartsAreNotRemembered() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var types = List.of(EventType.VIEW, EventType.VIEW, EventType.CART, EventType.RETURN);
    var steps = new ArrayList<FunnelStep>();
    for (var type : List.of(EventType.VIEW, EventType.CART, EventType.RETURN, EventType.VIEW)) {
      steps.add(new FunnelStep("s", Set.of(type), List.of(), List.of()));
    }
    int capped = 0;
    for (int round = 0; round < 2000; round++) {
      var events = new ArrayList<PlainEvent>();
      for (int i = 0; i < 60; i++) {
        var type = random.nextInt(4) > 0 ? EventType.VIEW : types.get(random.nextInt(4));
        events.add(PlainEvent.of(i, type));
      }
      boolean isStrict = random.nextInt(4) == 0;
      var definition = new FunnelDefinition("w", steps, 1 + random.nextInt(40), isStrict);
      var columns = PlainEvent.columns(events);
      int level = state(definition, LIMITS, columns, events.size()).level();
      var limited =
          state(definition, new SessionLimits(1, 1, 5, 100, false), columns, events.size());
      assertThat(limited.level()).as("seed %d, round %d", seed, round).isEqualTo(level);
      capped += limited.isCapped() ? 1 : 0;
    }
    assertThat(capped).isPositive();
  }

  private FunnelState readAgain(
      FunnelDefinition definition, FunnelState state, EventColumns columns) {
    var bytes = new ByteWriter();
    state.write(columns, strings, bytes);
    var again = new FunnelState(definition, LIMITS);
    again.clear();
    again.begin(columns);
    strings.clear();
    strings.keepAll();
    again.read(new ByteReader().reset(bytes.bytes(), 0, bytes.length()), strings);
    var same = new ByteWriter();
    again.write(columns, strings, same);
    assertThat(Arrays.copyOf(same.bytes(), same.length()))
        .isEqualTo(Arrays.copyOf(bytes.bytes(), bytes.length()));
    return again;
  }

  /** Tries every choice of later steps. */
  private static int longestFrom(
      FunnelDefinition definition, List<PlainEvent> events, int first, int step, int event) {
    if (!matches(definition.steps().get(step), events.get(event))) {
      return 0;
    }
    int longest = 1;
    for (int next = 0; step + 1 < definition.steps().size() && next < events.size(); next++) {
      long time = events.get(next).time();
      if (next != event
          && time >= events.get(event).time()
          && time - events.get(first).time() <= definition.window()) {
        longest = Math.max(longest, 1 + longestFrom(definition, events, first, step + 1, next));
      }
    }
    return longest;
  }

  /** The rule, read aloud: every first step is tried, event by event. */
  static List<Integer> bruteForce(FunnelDefinition definition, List<PlainEvent> events) {
    var order = new ArrayList<Integer>();
    for (int i = 0; i < events.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.<Integer>comparingLong(i -> events.get(i).time())
            .thenComparing(i -> firstStep(definition, events.get(i)))
            .thenComparing(i -> lastStep(definition, events.get(i))));
    List<Integer> best = List.of();
    for (int start = 0; start < order.size(); start++) {
      var chain = chain(definition, events, order, start);
      if (chain.size() > best.size()) {
        best = chain;
      }
    }
    return best;
  }

  private static List<Integer> chain(
      FunnelDefinition definition, List<PlainEvent> events, List<Integer> order, int start) {
    var chain = new ArrayList<Integer>();
    long first = events.get(order.get(start)).time();
    for (int place = start; place < order.size(); place++) {
      var event = events.get(order.get(place));
      boolean isNext =
          chain.size() < definition.steps().size()
              && matches(definition.steps().get(chain.size()), event);
      if (chain.isEmpty() && !isNext) {
        return chain;
      }
      if (isNext && event.time() - first <= definition.window()) {
        chain.add(order.get(place));
      } else if (definition.isStrict() && !isNext) {
        boolean isReached =
            definition.steps().subList(0, chain.size()).stream()
                .anyMatch(step -> matches(step, event));
        if (!isReached) {
          return chain;
        }
      }
    }
    return chain;
  }

  private static int firstStep(FunnelDefinition definition, PlainEvent event) {
    for (int step = 0; step < definition.steps().size(); step++) {
      if (matches(definition.steps().get(step), event)) {
        return step;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static int lastStep(FunnelDefinition definition, PlainEvent event) {
    int last = -1;
    for (int step = 0; step < definition.steps().size(); step++) {
      last = matches(definition.steps().get(step), event) ? step : last;
    }
    return last;
  }

  private static boolean matches(FunnelStep step, PlainEvent event) {
    return step.types().contains(event.type())
        && (event.type() != EventType.PURCHASE || event.quantity() > 0)
        && matches(step.brands(), event.brand())
        && matches(step.categories(), event.category());
  }

  private static boolean matches(List<TextCondition> conditions, String text) {
    return conditions.isEmpty()
        || conditions.stream()
            .map(TextCondition::toString)
            .anyMatch(
                condition ->
                    condition.endsWith("*")
                        ? text != null
                            && text.startsWith(condition.substring(0, condition.length() - 1))
                        : condition.equals(text == null ? "(none)" : text));
  }

  private static FunnelDefinition randomFunnel(Random random) {
    var steps = new ArrayList<FunnelStep>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      var types = EnumSet.of(EventType.values()[random.nextInt(random.nextInt(2) + 4)]);
      if (random.nextInt(3) == 0) {
        types.add(EventType.values()[random.nextInt(5)]);
      }
      steps.add(
          new FunnelStep(
              "step",
              types,
              random.nextInt(4) == 0 ? conditions("b1", "(none)") : List.of(),
              random.nextInt(4) == 0 ? conditions("c.*") : List.of()));
    }
    long window = random.nextBoolean() ? FunnelDefinition.NO_WINDOW : random.nextInt(10);
    return new FunnelDefinition("random", steps, window, random.nextInt(3) == 0);
  }

  private static List<TextCondition> conditions(String... texts) {
    return Arrays.stream(texts).map(TextCondition::of).collect(Collectors.toList());
  }

  private static List<PlainEvent> randomEvents(Random random) {
    var events = new ArrayList<PlainEvent>();
    int count = random.nextInt(12);
    long time = 0;
    for (int i = 0; i < count; i++) {
      time += random.nextInt(4) * random.nextInt(2);
      var event =
          PlainEvent.of(time, EventType.values()[random.nextInt(random.nextInt(2) + 4)])
              .quantity(random.nextInt(6) == 0 ? random.nextInt(-1, 1) : 1)
              .brand(random.nextInt(3) == 0 ? null : "b" + random.nextInt(2))
              .category(random.nextInt(3) == 0 ? null : "c." + random.nextInt(2));
      events.add(event);
    }
    events.sort(PlainEvent.CONTENT_ORDER);
    return events;
  }

  private static FunnelDefinition funnel(Set<EventType> first, Set<EventType> second) {
    return new FunnelDefinition(
        "two",
        List.of(
            new FunnelStep("first", first, List.of(), List.of()),
            new FunnelStep("second", second, List.of(), List.of())),
        FunnelDefinition.NO_WINDOW,
        false);
  }

  private int level(FunnelDefinition definition, List<PlainEvent> events) {
    return state(definition, events).level();
  }

  private FunnelState state(FunnelDefinition definition, List<PlainEvent> events) {
    return state(definition, LIMITS, PlainEvent.columns(events), events.size());
  }

  private FunnelState state(
      FunnelDefinition definition, SessionLimits limits, EventColumns columns, int events) {
    var state = new FunnelState(definition, limits);
    strings.clear();
    state.clear();
    state.begin(columns);
    for (int row = 0; row < events; row++) {
      state.add(columns, row, strings);
    }
    state.settle();
    return state;
  }
}
