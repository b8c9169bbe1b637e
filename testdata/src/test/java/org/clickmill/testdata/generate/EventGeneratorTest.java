package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EventGeneratorTest {
  private static final LocalDate FIRST_DAY = LocalDate.of(2019, 10, 1);
  private static final int EVENTS = 200_000;
  private static final int DAYS = 10;
  private static final long DAY = 86_400;

  /** What the tests look at in one event. */
  private record Seen(
      long second,
      EventType type,
      long product,
      boolean branded,
      boolean categorized,
      boolean coded,
      long cents,
      long user,
      String session) {}

  private static List<Seen> events;
  private static Map<String, List<Seen>> sessions;

  @BeforeAll
  static void generate() {
    events = seen(new GeneratorOptions(42, EVENTS, FIRST_DAY, DAYS));
    sessions = new HashMap<>();
    for (var event : events) {
      if (event.session() != null) {
        sessions.computeIfAbsent(event.session(), key -> new ArrayList<>()).add(event);
      }
    }
  }

  @Test
  void numberOfEventsIsExact() {
    assertThat(events).hasSize(EVENTS);
    assertThat(seen(new GeneratorOptions(1, 1, FIRST_DAY, 3))).hasSize(1);
    assertThat(seen(new GeneratorOptions(1, 12_345, FIRST_DAY, 1))).hasSize(12_345);
  }

  @Test
  void eventsAreInOrderOfTimeWithinTheDays() {
    long begin = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    assertThat(events).extracting(Seen::second).isSorted();
    assertThat(events.get(0).second()).isGreaterThanOrEqualTo(begin);
    assertThat(events.get(EVENTS - 1).second()).isLessThan(begin + DAYS * DAY);
  }

  @Test
  void everyDayHasEvents() {
    assertThat(events.stream().map(event -> event.second() / DAY).distinct()).hasSize(DAYS);
  }

  @Test
  void sharesOfTypesAreThoseOfTheShop() {
    var counts = new EnumMap<EventType, Integer>(EventType.class);
    events.forEach(event -> counts.merge(event.type(), 1, Integer::sum));
    assertThat(share(counts.get(EventType.VIEW))).isCloseTo(0.47, within(0.015));
    assertThat(share(counts.get(EventType.CART))).isCloseTo(0.28, within(0.015));
    assertThat(share(counts.get(EventType.REMOVE_FROM_CART))).isCloseTo(0.19, within(0.015));
    assertThat(share(counts.get(EventType.PURCHASE))).isCloseTo(0.06, within(0.01));
    assertThat(counts).hasSize(4);
  }

  @Test
  void sessionsUsersAndProductsAreAsManyAsExpected() {
    assertThat(sessions.size()).isBetween(43_000, 47_000);
    assertThat(events.stream().map(Seen::user).distinct().count()).isBetween(15_000L, 17_500L);
    assertThat(events.stream().map(Seen::product).distinct().count()).isBetween(5_200L, 5_400L);
  }

  @Test
  void aFewProductsUsersAndSessionsHaveMuch() {
    assertThat(largest(events.stream().map(Seen::product).toList(), 54)).isGreaterThan(0.08);
    assertThat(largest(events.stream().map(Seen::user).toList(), 160)).isGreaterThan(0.08);
    assertThat(sessions.values()).anyMatch(session -> session.size() > 300);
    assertThat(sessions.values().stream().filter(session -> session.size() == 1).count())
        .isGreaterThan(sessions.size() / 2L);
  }

  @Test
  void nightsAreQuiet() {
    int[] hours = new int[24];
    events.forEach(event -> hours[(int) (event.second() % DAY / 3600)]++);
    assertThat(hours[19]).isGreaterThan(4 * hours[2]);
  }

  @Test
  void someSessionsCrossMidnightAndSomePauseForLong() {
    assertThat(sessions.values())
        .filteredOn(
            session ->
                session.get(0).second() / DAY != session.get(session.size() - 1).second() / DAY)
        .hasSizeGreaterThan(100);
    assertThat(sessions.values()).anyMatch(session -> longestPause(session) > 1800);
  }

  @Test
  void someValuesAreMissing() {
    assertThat(share(count(event -> !event.branded()))).isCloseTo(0.42, within(0.04));
    assertThat(share(count(event -> !event.coded()))).isCloseTo(0.6, within(0.05));
    assertThat(count(event -> !event.categorized())).isBetween(50L, 2_000L);
    assertThat(count(event -> event.session() == null)).isBetween(50L, 200L);
  }

  @Test
  void aFewPricesAreZeroOrNegative() {
    assertThat(count(event -> event.cents() == 0)).isBetween(50L, 2_000L);
    assertThat(count(event -> event.cents() < 0)).isBetween(10L, 200L);
    assertThat(events).allMatch(event -> Math.abs(event.cents()) <= 35_000);
  }

  @Test
  void somePurchasesComeWithoutViewOrCart() {
    Set<String> known = new HashSet<>();
    int odd = 0;
    for (var event : events) {
      var product = event.session() + " " + event.product();
      if (event.type() == EventType.PURCHASE && !known.contains(product)) {
        odd++;
      }
      known.add(product);
    }
    assertThat(odd).isBetween(100, EVENTS / 100);
  }

  @Test
  void ordersHaveSeveralLinesInOneSecond() {
    Map<String, Integer> lines = new HashMap<>();
    for (var event : events) {
      if (event.type() == EventType.PURCHASE) {
        lines.merge(event.session() + " " + event.second(), 1, Integer::sum);
      }
    }
    assertThat(lines.values()).anyMatch(number -> number > 5);
  }

  @Test
  void sessionsHaveOneUserAndUsersSeveralSessions() {
    assertThat(sessions.values())
        .allMatch(session -> session.stream().map(Seen::user).distinct().count() == 1);
    Map<Long, Integer> perUser = new HashMap<>();
    sessions.values().forEach(session -> perUser.merge(session.get(0).user(), 1, Integer::sum));
    assertThat(perUser.values().stream().filter(number -> number > 1).count())
        .isGreaterThan(perUser.size() / 4L);
  }

  @Test
  void sameOptionsGiveTheSameEventsAndAnotherSeedOthers() {
    var first = seen(new GeneratorOptions(5, 2000, FIRST_DAY, 2));
    assertThat(seen(new GeneratorOptions(5, 2000, FIRST_DAY, 2))).isEqualTo(first);
    assertThat(seen(new GeneratorOptions(6, 2000, FIRST_DAY, 2))).isNotEqualTo(first);
  }

  @Test
  void memoryDoesNotGrowWithTheNumberOfDays() {
    int ofFewDays = mostActive(new GeneratorOptions(3, 100_000, FIRST_DAY, 10));
    int ofManyDays = mostActive(new GeneratorOptions(3, 1_000_000, FIRST_DAY, 100));
    assertThat(ofManyDays).isLessThan(2 * ofFewDays);
  }

  @Test
  void eventOfTheSchemaHasTheSameValues() {
    var generator = new EventGenerator(new GeneratorOptions(42, EVENTS, FIRST_DAY, DAYS));
    var event = new Event();
    for (int i = 0; i < 1000; i++) {
      assertThat(generator.next()).isTrue();
      generator.fill(event);
      var expected = events.get(i);
      assertThat(event.getEventTime().getEpochSecond()).isEqualTo(expected.second());
      assertThat(event.getEventType().toString()).isEqualTo(expected.type().text());
      assertThat(event.getProductId().toString()).isEqualTo(Long.toString(expected.product()));
      assertThat(event.getUserId().toString()).isEqualTo(Long.toString(expected.user()));
      assertThat(Money.fromAvro(event.getPrice())).isEqualTo(expected.cents() * 100);
      assertThat(event.getBrand() != null).isEqualTo(expected.branded());
      assertThat(event.getQuantity()).isEqualTo(1);
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new GeneratorOptions(1, 0, FIRST_DAY, 1))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid number of events: 0 (expected 1 to 100000000000)");
    assertThatThrownBy(() -> new GeneratorOptions(1, 1, FIRST_DAY, 0))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid number of days: 0 (expected 1 to 36500)");
    assertThatThrownBy(() -> new GeneratorOptions(1, 1, LocalDate.of(1812, 1, 1), 1))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Invalid first day: 1812-01-01 (expected 1970 to 2900)");
  }

  private static List<Seen> seen(GeneratorOptions options) {
    var generator = new EventGenerator(options);
    var seen = new ArrayList<Seen>();
    while (generator.next()) {
      var event = generator.event();
      seen.add(
          new Seen(
              event.second,
              event.type,
              event.product,
              event.brand != null,
              event.categoryId != null,
              event.categoryCode != null,
              event.cents,
              event.user,
              event.session == null ? null : new String(event.session, US_ASCII)));
    }
    return seen;
  }

  private static int mostActive(GeneratorOptions options) {
    var generator = new EventGenerator(options);
    while (generator.next()) {
      assertThat(generator.type()).isNotNull();
    }
    return generator.mostActive();
  }

  private static long count(Predicate<Seen> condition) {
    return events.stream().filter(condition).count();
  }

  private static double share(long number) {
    return (double) number / EVENTS;
  }

  private static long longestPause(List<Seen> session) {
    long longest = 0;
    for (int i = 1; i < session.size(); i++) {
      longest = Math.max(longest, session.get(i).second() - session.get(i - 1).second());
    }
    return longest;
  }

  /** The share that the most frequent values have. */
  private static double largest(List<Long> values, int number) {
    Map<Long, Integer> counts = new HashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    var sorted = new ArrayList<>(counts.values());
    sorted.sort(Collections.reverseOrder());
    return share(sorted.stream().limit(number).mapToLong(Integer::longValue).sum());
  }
}
