package org.clickmill.jobs.sessions;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.sessions.EventColumns.Strings;
import org.clickmill.jobs.sessions.FakeBatch.VisitorEvent;

/** One event as plain Java, for brute-force versions that share nothing with the real ones. */
record PlainEvent(
    long time,
    EventType type,
    String product,
    String user,
    String session,
    String order,
    Long price,
    int quantity,
    String brand,
    String category,
    Traffic traffic) {

  /** Where the visitor came from; any of it may be null. */
  record Traffic(String source, String campaign, String device, String country) {
    static final Traffic NONE = new Traffic(null, null, null, null);

    boolean isKnown() {
      return source != null || campaign != null;
    }
  }

  PlainEvent(
      long time,
      EventType type,
      String product,
      String user,
      String session,
      String order,
      Long price,
      int quantity,
      String brand,
      String category) {
    this(time, type, product, user, session, order, price, quantity, brand, category, Traffic.NONE);
  }

  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

  static final Comparator<PlainEvent> CONTENT_ORDER =
      Comparator.comparingLong(PlainEvent::time)
          .thenComparing(event -> event.type().text())
          .thenComparing(PlainEvent::product, TEXT)
          .thenComparing(PlainEvent::user, TEXT)
          .thenComparing(PlainEvent::session, TEXT)
          .thenComparing(PlainEvent::order, TEXT)
          .thenComparing(PlainEvent::price, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingInt(event -> event.quantity())
          .thenComparing(PlainEvent::brand, TEXT)
          .thenComparing(PlainEvent::category, TEXT);

  static PlainEvent of(long time, EventType type) {
    return new PlainEvent(time, type, null, null, null, null, null, 1, null, null);
  }

  PlainEvent product(String other) {
    return new PlainEvent(
        time, type, other, user, session, order, price, quantity, brand, category, traffic);
  }

  PlainEvent price(Long other) {
    return new PlainEvent(
        time, type, product, user, session, order, other, quantity, brand, category, traffic);
  }

  PlainEvent quantity(int other) {
    return new PlainEvent(
        time, type, product, user, session, order, price, other, brand, category, traffic);
  }

  PlainEvent order(String other) {
    return new PlainEvent(
        time, type, product, user, session, other, price, quantity, brand, category, traffic);
  }

  PlainEvent session(String other) {
    return new PlainEvent(
        time, type, product, user, other, order, price, quantity, brand, category, traffic);
  }

  PlainEvent user(String other) {
    return new PlainEvent(
        time, type, product, other, session, order, price, quantity, brand, category, traffic);
  }

  PlainEvent brand(String other) {
    return new PlainEvent(
        time, type, product, user, session, order, price, quantity, other, category, traffic);
  }

  PlainEvent category(String other) {
    return new PlainEvent(
        time, type, product, user, session, order, price, quantity, brand, other, traffic);
  }

  /**
   * The same with traffic that what it is sorted by decides, so that the order of equal events does
   * not matter.
   */
  PlainEvent withTraffic() {
    var other = new Random(Objects.hash(product, order, price, quantity, brand, category));
    boolean isKnown = other.nextInt(3) == 0;
    var from =
        new Traffic(
            isKnown ? one(other, "t", 2) : null,
            isKnown ? one(other, "a", 1) : null,
            one(other, "d", 2),
            one(other, "l", 1));
    return new PlainEvent(
        time, type, product, user, session, order, price, quantity, brand, category, from);
  }

  PlainEvent traffic(String source, String campaign, String from, String land) {
    var other = new Traffic(source, campaign, from, land);
    return new PlainEvent(
        time, type, product, user, session, order, price, quantity, brand, category, other);
  }

  boolean isPurchase() {
    return type == EventType.PURCHASE && quantity > 0;
  }

  /** Events of few different values in content order, whose pauses are often the very limits. */
  static List<PlainEvent> random(Random random, int count) {
    var events = new ArrayList<PlainEvent>();
    long time = random.nextLong(4) * 86_400_000L + 86_400_000L - random.nextInt(4_000_000);
    for (int i = 0; i < count; i++) {
      time +=
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> 0;
            case 3 -> 1_800_000L;
            case 4 -> 1_800_001L;
            case 5 -> random.nextInt(3);
            default -> random.nextInt(1_800_000);
          };
      events.add(
          new PlainEvent(
                  time,
                  EventType.values()[random.nextInt(5)],
                  one(random, "p", 3),
                  one(random, "u", 3),
                  one(random, "s", 3),
                  one(random, "o", 3),
                  random.nextInt(5) == 0 ? null : Long.valueOf(random.nextInt(-2, 20)),
                  random.nextInt(-1, 4),
                  one(random, "b", 2),
                  one(random, "c.", 2))
              .withTraffic());
    }
    events.sort(CONTENT_ORDER);
    return events;
  }

  private static String one(Random random, String prefix, int values) {
    int value = random.nextInt(values + 1);
    return value == 0 ? null : prefix + value;
  }

  /** The same events in columns, in the order of the list. */
  static EventColumns columns(List<PlainEvent> events) {
    var columns = new EventColumns();
    columns.begin(
        new FakeBatch(
            Partition.ofDay(Datasets.EVENTS_DAILY, LocalDate.EPOCH),
            events.stream().map(event -> new VisitorEvent("v", null, event)).toList()));
    return columns;
  }

  /** The string that a reference stands for, or null. */
  static String text(SessionStrings strings, Strings column, int reference) {
    var bytes = new ByteWriter();
    strings.put(bytes, column, reference);
    return new ByteReader().reset(bytes.bytes(), 0, bytes.length()).readText();
  }
}
