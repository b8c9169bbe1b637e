package org.clickmill.jobs.groupby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.clickmill.jobs.groupby.ListRows.BACK;
import static org.clickmill.jobs.groupby.ListRows.OF_USER;
import static org.clickmill.jobs.groupby.ListRows.SOLD;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.groupby.ListBatch.Event;
import org.junit.jupiter.api.Test;

/** Every measure and every kind of key, whatever the division of the rows. */
final class GroupByTest {
  private static final long HOUR = 3_600_000L;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void everyMeasureEqualsWhatJavaCounts() throws Exception {
    var analysis =
        new Declared()
            .table(
                "by_product",
                "product_id string, rows long, sold long, price long, price_back money, low long?,"
                    + " high long?, first_back time?, users long, net money, share money?,"
                    + " user_estimate long, user_sketch bytes, brand string?, user_id string?",
                GroupByTest::declareAll);
    for (int round = 0; round < 100; round++) {
      var events = events(random.nextInt(200));
      var runs = runs(analysis, events);
      assertThat(runs.rows("by_product")).as("seed %d", seed).isEqualTo(expected(events));
      assertThat(runs.events("by_product")).as("seed %d", seed).isEqualTo(counting(events).size());
    }
  }

  private static void declareAll(Grouping<ListRows> rows) {
    rows.key("product_id");
    var sold = rows.filter(SOLD);
    var back = rows.filter(BACK);
    rows.count("rows");
    sold.count("sold");
    sold.sum("price", ListRows::prices);
    var priceBack = back.money("price_back", ListRows::prices);
    sold.minimum("low", ListRows::prices);
    sold.maximum("high", ListRows::prices);
    back.minimum("first_back", ListRows::times);
    sold.filter(OF_USER).distinct("users", ListRows::users);
    var all = rows.money("net", ListRows::prices);
    rows.computedMoney("share", () -> all.value() - priceBack.value(), () -> priceBack.value() > 0);
    rows.sketch("user_estimate", "user_sketch", ListRows::sketched);
    rows.last("event_time", List.of("brand", "user_id"));
  }

  private static List<Event> counting(List<Event> events) {
    return events.stream()
        .filter(event -> event.product() != null && ListRows.flag(event.type()) != 0)
        .toList();
  }

  private static List<String> expected(List<Event> events) {
    var byProduct =
        counting(events).stream()
            .collect(Collectors.groupingBy(Event::product, TreeMap::new, Collectors.toList()));
    var rows = new ArrayList<String>();
    byProduct.forEach((product, of) -> rows.add(product + " " + expectedMeasures(of)));
    return rows;
  }

  private static String expectedMeasures(List<Event> events) {
    var sold = events.stream().filter(event -> event.type().equals("sold")).toList();
    var back = events.stream().filter(event -> event.type().equals("back")).toList();
    var prices = sold.stream().mapToLong(Event::price).summaryStatistics();
    long priceBack = back.stream().mapToLong(Event::price).sum();
    var times = back.stream().mapToLong(Event::time).summaryStatistics();
    long users = events.stream().map(Event::user).filter(user -> user != null).distinct().count();
    var byString = Comparator.nullsFirst(Comparator.<String>naturalOrder());
    var last =
        Collections.max(
            events,
            Comparator.comparingLong(Event::time)
                .thenComparing(Event::brand, byString)
                .thenComparing(Event::user, byString));
    return String.join(
        " ",
        Long.toString(events.size()),
        Long.toString(sold.size()),
        Long.toString(prices.getSum()),
        Long.toString(priceBack),
        sold.isEmpty() ? "NULL" : Long.toString(prices.getMin()),
        sold.isEmpty() ? "NULL" : Long.toString(prices.getMax()),
        back.isEmpty() ? "NULL" : Long.toString(times.getMin()),
        Long.toString(
            sold.stream().map(Event::user).filter(user -> user != null).distinct().count()),
        Long.toString(prices.getSum() + priceBack),
        priceBack > 0 ? Long.toString(prices.getSum()) : "NULL",
        Long.toString(users),
        (8 * (users < 2 ? 1 + users : 2 + users)) + " bytes",
        String.valueOf(last.brand()).replace("null", "NULL"),
        String.valueOf(last.user()).replace("null", "NULL"));
  }

  @Test
  void keysMayBeTimesAndSeveralStringsAndNothing() throws Exception {
    var analysis =
        new Declared()
            .table("shop", "rows long", rows -> rows.count("rows"))
            .table(
                "hourly",
                "hour time, brand string, user string, rows long",
                rows -> {
                  rows.timeKey("event_time", "hour", HOUR);
                  rows.key("brand", "brand", "(none)");
                  rows.key("user_id", "user", "");
                  rows.count("rows");
                });
    for (int round = 0; round < 100; round++) {
      var events = events(random.nextInt(150));
      var counting = events.stream().filter(event -> ListRows.flag(event.type()) != 0).toList();
      var runs = runs(analysis, events);
      assertThat(runs.rows("shop"))
          .as("seed %d", seed)
          .isEqualTo(counting.isEmpty() ? List.of() : List.of(Integer.toString(counting.size())));
      var expected =
          counting.stream()
              .collect(
                  Collectors.groupingBy(
                      event ->
                          Math.floorDiv(event.time(), HOUR) * HOUR
                              + " "
                              + (event.brand() == null ? "(none)" : event.brand())
                              + " "
                              + (event.user() == null ? "" : event.user()),
                      Collectors.counting()))
              .entrySet()
              .stream()
              .map(group -> group.getKey() + " " + group.getValue())
              .toList();
      assertThat(runs.rows("hourly"))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void rowsAndGroupsThatDoNotCountHaveNoRow() throws Exception {
    var analysis =
        new Declared()
            .table(
                "sold",
                "product_id string, rows long, sold long",
                rows -> {
                  rows.where(OF_USER);
                  rows.key("product_id");
                  rows.count("rows");
                  rows.having(rows.filter(SOLD).count("sold"));
                });
    var runs = new Runs(analysis);
    fold(
        runs,
        new ListBatch(
            List.of(
                event("sold", "a", "u"),
                event("sold", "a", null),
                event("back", "a", "u"),
                event("back", "b", "u"),
                event("sold", null, "u"),
                event("view", "c", "u"))));
    assertThat(runs.rows("sold")).containsExactly("a 2 1");
    assertThat(runs.events("sold")).isEqualTo(3);
  }

  @Test
  void columnsOfThePartitionAreTheSameInAllRows() throws Exception {
    var analysis =
        new Declared()
            .table(
                "month",
                "start time, rows long, brand string?, is_complete boolean",
                rows -> {
                  rows.partitionStart("start");
                  rows.count("rows");
                  rows.absent(List.of("brand"));
                  rows.partitionIsComplete("is_complete");
                });
    var runs = new Runs(analysis);
    fold(runs, new ListBatch(List.of(event("sold", "a", "u"))));
    long start = ListBatch.DAY.toEpochDay() * 24 * HOUR;
    assertThat(runs.rows("month")).containsExactly(start + " 1 NULL true");
  }

  @Test
  void distinctValuesOfALargeGroupTravelInParts() throws Exception {
    var analysis =
        new Declared().table("shop", "users long", rows -> rows.distinct("users", ListRows::users));
    int users = DistinctMeasure.HASHES_A_PART + 10;
    var events =
        IntStream.range(0, users).mapToObj(user -> event("sold", "a", "u" + user)).toList();
    var runs = new Runs(analysis);
    fold(runs, new ListBatch(events));
    fold(runs, new ListBatch(events.subList(0, 5)));
    assertThat(runs.partials("shop")).containsExactly(3);
    assertThat(runs.rows("shop")).containsExactly(Integer.toString(users));
    assertThat(runs.events("shop")).isEqualTo(users + 5L);
  }

  @Test
  void distinctValuesForWhichThereIsNoMemoryAreCountedByAFile() throws Exception {
    var analysis =
        new Declared()
            .table(
                "brands",
                "brand string, users long",
                rows -> {
                  rows.key("brand", "brand", "");
                  rows.distinct("users", ListRows::users);
                });
    int users = DistinctMeasure.HASHES_A_PART + 10;
    var events = new ArrayList<Event>();
    for (int i = 0; i < users; i++) {
      events.add(new Event(0, "sold", null, "many", "u" + i, 0));
    }
    events.add(new Event(0, "sold", null, "one", "u", 0));
    var runs = new Runs(analysis).set("clickmill.fold.memory-mb", "1");
    fold(runs, new ListBatch(events));
    fold(runs, new ListBatch(events.subList(0, users / 2)));
    assertThat(runs.rows("brands")).containsExactly("many " + users, "one 1");
  }

  @Test
  void sketchOfManyRowsIsThatOfItsValues() throws Exception {
    var analysis =
        new Declared()
            .table(
                "brands",
                "brand string, users long, sketch bytes",
                rows -> {
                  rows.key("brand", "brand", "");
                  rows.sketch("users", "sketch", ListRows::sketched);
                });
    var events = new ArrayList<Event>();
    for (int i = 0; i < 120_000; i++) {
      events.add(new Event(0, "sold", null, i % 9 == 0 ? "many" : "few", "u" + i % 6000, 0));
    }
    var once = new Runs(analysis);
    fold(once, new ListBatch(events));
    var often = new Runs(analysis);
    var fold = often.fold();
    var batch = new ListBatch(events);
    for (int i = 0; i < 20; i++) {
      fold.fold(batch);
    }
    assertThat(fold.memoryBytes()).isLessThan(60L << 20);
    fold.flush(often);
    assertThat(often.rows("brands")).isEqualTo(once.rows("brands"));
  }

  @Test
  void sumThatOverflowsInAMapperIsNamed() {
    var analysis =
        new Declared().table("shop", "price long", rows -> rows.sum("price", ListRows::prices));
    var fold = new Runs(analysis).fold();
    var events =
        List.of(event("view", "a", "u"), price(Long.MAX_VALUE), price(1), event("sold", "a", "u"));
    assertThatThrownBy(() -> fold.fold(new ListBatch(events)))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot add up the made-up of events_daily/dt=2020-05-01: at row 2 a sum has too many"
                + " digits");
  }

  @Test
  void sumThatOverflowsInAReducerIsNamed() throws Exception {
    var analysis =
        new Declared()
            .table(
                "users",
                "hour time, user_id string, price long",
                rows -> {
                  rows.timeKey("event_time", "hour", HOUR);
                  rows.key("user_id");
                  rows.sum("price", ListRows::prices);
                });
    var runs = new Runs(analysis);
    fold(runs, new ListBatch(List.of(price(Long.MAX_VALUE))));
    fold(runs, new ListBatch(List.of(price(1))));
    assertThatThrownBy(() -> runs.rows("users"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage("Cannot write users of 2020-05-01: a sum of 'u' has too many digits");
  }

  @Test
  void moneyOfTooManyDigitsIsNamed() throws Exception {
    var analysis =
        new Declared().table("shop", "price money", rows -> rows.money("price", ListRows::prices));
    var runs = new Runs(analysis);
    fold(runs, new ListBatch(List.of(price(1_000_000_000_000_000_000L))));
    assertThatThrownBy(() -> runs.rows("shop"))
        .isInstanceOf(ClickmillException.class)
        .hasMessage(
            "Cannot write price of shop on 2020-05-01: 100000000000000.0000 of '' has more than 18"
                + " digits");
  }

  private static Event event(String type, String product, String user) {
    return new Event(0, type, product, null, user, 0);
  }

  private static Event price(long price) {
    return new Event(0, "sold", "a", null, "u", price);
  }

  private List<Event> events(int size) {
    var events = new ArrayList<Event>();
    for (int i = 0; i < size; i++) {
      events.add(
          new Event(
              random.nextLong(-2 * HOUR, 3 * HOUR) / (HOUR / 4) * (HOUR / 4),
              one("sold", "sold", "back", "view"),
              one("a", "b", "é", "", null),
              one("x", "y", null),
              one("u", "v", "w", null),
              random.nextLong(-50, 1_000)));
    }
    return events;
  }

  private String one(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Gives batches of the events to some mappers, which flush now and then. */
  private Runs runs(Declared analysis, List<Event> events) throws Exception {
    var batches = new ArrayList<ListBatch>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(60));
      batches.add(new ListBatch(events.subList(from, to)));
      from = to;
    }
    Collections.shuffle(batches, random);
    var runs = new Runs(analysis);
    var fold = runs.fold();
    int mapper = random.nextInt(3);
    for (var batch : batches) {
      fold.fold(batch);
      if (random.nextInt(3) < mapper) {
        fold.flush(runs);
      }
    }
    fold.flush(runs);
    return runs;
  }

  private static void fold(Runs runs, ListBatch batch) throws Exception {
    var fold = runs.fold();
    fold.fold(batch);
    fold.flush(runs);
  }
}
