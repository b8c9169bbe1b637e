package org.clickmill.jobs.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.sessions.FakeBatch.VisitorEvent;
import org.junit.jupiter.api.Test;

/** Folds and merges of random days, in any pieces, against brute force. */
final class SessionsScanTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 2, 28);
  private static final int DAYS = 4;
  private static final long DAY = 86_400_000L;

  @Test
  void sessionsAreTheSameInAnyPiecesAndDayByDay() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      var as = "seed " + seed + ", round " + round;
      var events = events(random);
      var whole = scan(events, FIRST, DAYS, List.of(), random, null);
      for (int day = 0; day < DAYS; day++) {
        compareWithBruteForce(as, events, FIRST.plusDays(day), DAYS, whole);
      }
      compareDayByDay(as, events, random, whole);
    }
  }

  /** Computes each day alone, and finishes the day before it with what was open. */
  private static void compareDayByDay(
      String as, List<List<VisitorEvent>> events, Random random, FakeScan whole) throws Exception {
    FakeScan before = null;
    for (int day = 0; day < DAYS; day++) {
      var date = FIRST.plusDays(day);
      var open =
          before == null ? List.<Map<String, Object>>of() : before.rows(open(date.minusDays(1)));
      var scan = scan(events, date, 1, open, random, date.minusDays(1));
      compareWithBruteForce(as, events, date, day + 1, scan);
      assertThat(texts(scan.rows(open(date))))
          .as(as)
          .containsExactlyInAnyOrderElementsOf(texts(whole.rows(open(date))));
      if (before != null) {
        for (var table : List.of(Sessions.SESSIONS, Sessions.FUNNEL_SESSIONS)) {
          var finished = new ArrayList<Map<String, Object>>();
          before.rows(Partition.ofDay(table, date.minusDays(1))).stream()
              .filter(row -> (boolean) row.get("is_complete"))
              .forEach(finished::add);
          finished.addAll(scan.rows(Partition.ofDay(table, date.minusDays(1))));
          assertThat(texts(finished))
              .as(as)
              .containsExactlyInAnyOrderElementsOf(
                  texts(whole.rows(Partition.ofDay(table, date.minusDays(1)))));
        }
      }
      before = scan;
    }
  }

  @Test
  void onlyWhatMayBeOfTwoDaysIsShuffled() throws Exception {
    var random = new Random(3);
    var day = new ArrayList<VisitorEvent>();
    long start = FIRST.toEpochDay() * DAY;
    for (int minute = 0; minute < 24 * 60; minute++) {
      // A visitor comes every minute, looks around for three minutes and leaves.
      for (int i = 0; i < 4; i++) {
        var event = PlainEvent.random(random, 1).get(0);
        long time = Math.min(start + DAY - 1, start + minute * 60_000L + i * 60_000L);
        day.add(
            new VisitorEvent(
                "v" + minute,
                null,
                new PlainEvent(time, event.type(), "p", null, null, null, null, 1, null, null)));
      }
    }
    var scan = new FakeScan(wanted(FIRST, 1, null), Set.of(FIRST), Set.of(FIRST.minusDays(1)));
    // Half an hour at the beginning and half an hour at the end.
    assertThat(scan.fold(FIRST, FakeScan.clustered(day), random)).isBetween(200L, 280L);
  }

  @Test
  void dayThatIsNotInOrderIsNamed() {
    var scan = new FakeScan(wanted(FIRST, 1, null), Set.of(FIRST), Set.of());
    long start = FIRST.toEpochDay() * DAY;
    var late = new VisitorEvent("v", null, PlainEvent.of(start + 1, EVENT));
    var early = new VisitorEvent("v", null, PlainEvent.of(start, EVENT));
    assertThatThrownBy(() -> scan.fold(FIRST, List.of(late, early), new Random()))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read events_daily/dt=2020-02-28: an event of 2020-02-28T00:00:00Z comes after one"
                + " of 2020-02-28T00:00:00.001Z of the same visitor. Compact the day again.");
  }

  @Test
  void dayThatIsNotClusteredIsNamed() {
    var scan = new FakeScan(wanted(FIRST, 1, null), Set.of(FIRST), Set.of());
    var event = PlainEvent.of(FIRST.toEpochDay() * DAY, EVENT);
    var events = new ArrayList<VisitorEvent>();
    for (int i = 0; i < 20; i++) {
      events.add(new VisitorEvent("v" + i, null, event));
    }
    assertThatThrownBy(() -> scan.fold(FIRST, events, new Random(1)))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot read events_daily/dt=2020-02-28: its events are not clustered by visitor."
                + " Compact the day again.");
  }

  @Test
  void sessionOfAHundredThousandEventsPassesMidnight() throws Exception {
    var random = new Random(5);
    long start = FIRST.toEpochDay() * DAY + 20 * 3_600_000L;
    List<List<VisitorEvent>> events = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 100_000; i++) {
      // One event every 0.2 seconds, for five and a half hours.
      long time = start + i * 200L;
      int day = (int) (Math.floorDiv(time, DAY) - FIRST.toEpochDay());
      events.get(day).add(new VisitorEvent("bot", null, PlainEvent.of(time, EVENT)));
    }
    var scan = scan(events, FIRST, 2, List.of(), random, null);
    assertThat(scan.rows(Partition.ofDay(Sessions.SESSIONS, FIRST)))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("events", 100_000L));
    assertThat(scan.rows(open(FIRST)))
        .singleElement()
        .satisfies(row -> assertThat((byte[]) row.get("state")).hasSizeLessThan(200));
    assertThat(scan.rows(Partition.ofDay(Sessions.SESSIONS, FIRST.plusDays(1)))).isEmpty();
  }

  private static final EventType EVENT = EventType.VIEW;

  private static void compareWithBruteForce(
      String as, List<List<VisitorEvent>> events, LocalDate day, int knownDays, FakeScan scan) {
    var byVisitor = new TreeMap<String, List<PlainEvent>>();
    for (var event : events.subList(0, knownDays).stream().flatMap(List::stream).toList()) {
      if (event.type() == null) {
        byVisitor.computeIfAbsent(event.key(), any -> new ArrayList<>()).add(event.event());
      }
    }
    long lastDay = (FIRST.toEpochDay() + knownDays - 1) * DAY;
    var expected =
        PlainSessions.of(byVisitor, lastDay).stream()
            .filter(session -> session.day().equals(day))
            .toList();
    var found = scan.rows(Partition.ofDay(Sessions.SESSIONS, day));
    assertThat(texts(found))
        .as(as)
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(PlainSessions::row).sorted().toList());
    var names = new HashSet<>();
    found.stream()
        .filter(row -> row.get("visitor") != null)
        .forEach(row -> assertThat(names.add(row.get("session_id"))).as(as).isTrue());
    var open = expected.stream().filter(PlainSessions::isOpen).toList();
    assertThat(scan.rows(open(day)).stream().map(row -> row.get("visitor")))
        .as(as)
        .containsExactlyInAnyOrderElementsOf(open.stream().map(PlainSessions::key).toList());
    compareFunnels(as, expected, scan.rows(Partition.ofDay(Sessions.FUNNEL_SESSIONS, day)));
  }

  private static void compareFunnels(
      String as, List<PlainSessions> sessions, List<Map<String, Object>> rows) {
    var levels = new ArrayList<String>();
    for (var session : sessions) {
      var chain = FunnelStateTest.bruteForce(FunnelDefinition.VIEW_CART_PURCHASE, session.events());
      if (!chain.isEmpty()) {
        var first = session.events().get(chain.get(0));
        levels.add(chain.size() + " " + first.brand() + " " + first.category());
      }
    }
    assertThat(
            rows.stream()
                .filter(row -> row.get("funnel") != null)
                .flatMap(
                    row ->
                        Collections.nCopies(
                            ((Number) row.get("sessions")).intValue(),
                            row.get("level")
                                + " "
                                + row.get("brand")
                                + " "
                                + row.get("category_code"))
                            .stream()))
        .as(as)
        .containsExactlyInAnyOrderElementsOf(levels);
    assertThat(rows.stream().anyMatch(row -> !(boolean) row.get("is_complete")))
        .as(as)
        .isEqualTo(sessions.stream().anyMatch(session -> !session.isComplete()));
  }

  private static FakeScan scan(
      List<List<VisitorEvent>> events,
      LocalDate start,
      int days,
      List<Map<String, Object>> open,
      Random random,
      LocalDate finished)
      throws Exception {
    var dates =
        start.datesUntil(start.plusDays(days)).collect(Collectors.toCollection(TreeSet::new));
    Set<LocalDate> openDays = finished == null ? Set.of() : Set.of(finished);
    var scan = new FakeScan(wanted(start, days, finished), dates, openDays);
    for (var date : dates) {
      var ofDay = events.get((int) (date.toEpochDay() - FIRST.toEpochDay()));
      scan.fold(date, FakeScan.clustered(ofDay), random);
    }
    scan.carry(open);
    scan.merge();
    return scan;
  }

  private static Set<Partition> wanted(LocalDate start, int days, LocalDate finished) {
    var dates = start.datesUntil(start.plusDays(days)).collect(Collectors.toList());
    var wanted =
        Stream.of(Sessions.SESSIONS, Sessions.FUNNEL_SESSIONS, Sessions.OPEN_SESSIONS)
            .flatMap(table -> dates.stream().map(date -> Partition.ofDay(table, date)))
            .collect(Collectors.toCollection(HashSet::new));
    if (finished != null) {
      wanted.add(Partition.ofDay(Sessions.SESSIONS, finished));
      wanted.add(Partition.ofDay(Sessions.FUNNEL_SESSIONS, finished));
    }
    return wanted;
  }

  private static Partition open(LocalDate day) {
    return Partition.ofDay(Sessions.OPEN_SESSIONS, day);
  }

  /** Rows of funnel_sessions that differ in measures alone are added up. */
  private static Collection<Map<String, Object>> summed(List<Map<String, Object>> rows) {
    var sums = new HashMap<String, Map<String, Object>>();
    for (int i = 0; i < rows.size(); i++) {
      var row = new TreeMap<>(rows.get(i));
      var key = "row " + i;
      if (row.containsKey("is_open")) {
        var rest = new TreeMap<>(row);
        rest.keySet().removeAll(Set.of("sessions", "abandoned_value"));
        rest.computeIfPresent("step_times", (name, bytes) -> Arrays.toString((byte[]) bytes));
        key = rest.toString();
      }
      sums.merge(key, row, SessionsScanTest::sum);
    }
    return sums.values();
  }

  private static Map<String, Object> sum(Map<String, Object> a, Map<String, Object> b) {
    var sum = new TreeMap<>(a);
    sum.put("sessions", (Long) a.get("sessions") + (Long) b.get("sessions"));
    sum.computeIfPresent(
        "abandoned_value",
        (name, value) -> ((BigDecimal) value).add((BigDecimal) b.get("abandoned_value")));
    return sum;
  }

  /** Rows as texts, without session_id; bytes by their content. */
  private static List<String> texts(List<Map<String, Object>> rows) {
    return summed(rows).stream()
        .map(
            row -> {
              var copy = new TreeMap<>(row);
              copy.remove("session_id");
              copy.replaceAll(
                  (column, value) ->
                      value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
              return copy.toString();
            })
        .sorted()
        .toList();
  }

  /** Few visitors over some days: short visits, visits over midnight, and some that never end. */
  private static List<List<VisitorEvent>> events(Random random) {
    List<List<VisitorEvent>> days = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      days.add(new ArrayList<>());
    }
    long begin = FIRST.toEpochDay() * DAY;
    long end = begin + DAYS * DAY;
    int visits = random.nextInt(14);
    for (int visit = 0; visit < visits; visit++) {
      var visitor = random.nextInt(3) == 0 ? null : "x" + random.nextInt(4);
      var user = random.nextInt(2) == 0 ? null : "x" + random.nextInt(3);
      var session = random.nextInt(2) == 0 ? null : "x" + random.nextInt(3);
      boolean isEndless = random.nextInt(6) == 0;
      long time =
          random.nextBoolean()
              ? begin + (1 + random.nextInt(DAYS - 1)) * DAY - random.nextInt(7_200_000)
              : begin + (long) (random.nextDouble() * DAYS * DAY);
      int count = isEndless ? 120 : 1 + random.nextInt(8);
      for (int i = 0; i < count && time < end; i++) {
        var event = PlainEvent.random(random, 1).get(0).user(user).session(session);
        var timed =
            new PlainEvent(
                time,
                event.type(),
                event.product(),
                event.user(),
                event.session(),
                event.order(),
                event.price(),
                event.quantity(),
                event.brand(),
                event.category(),
                event.traffic());
        var type = random.nextInt(12) == 0 ? "wish" : null;
        days.get((int) ((time - begin) / DAY)).add(new VisitorEvent(visitor, type, timed));
        time +=
            switch (random.nextInt(isEndless ? 6 : 9)) {
              case 0 -> 0;
              case 1 -> random.nextInt(3);
              case 6 -> 1_800_001L;
              case 7 -> DAY - random.nextInt(1_800_000);
              case 8 -> random.nextInt(60_000);
              default -> 1_800_000L - random.nextInt(2) * random.nextInt(900_000);
            };
      }
    }
    return days;
  }
}
