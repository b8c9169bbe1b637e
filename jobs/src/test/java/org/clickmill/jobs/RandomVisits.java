package org.clickmill.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Visits in CSV of the suite's own columns, made to meet the edges of sessions: gaps of exactly
 * half an hour and a millisecond more, ties, days without a pause, midnights, visitors of every
 * kind.
 */
public final class RandomVisits {
  public static final LocalDate FIRST = LocalDate.of(2024, 2, 27);
  public static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,quantity,visitor_id,"
          + "user_id,user_session,order_id,event_id";

  private static final long HALF_HOUR = 1_800_000;
  private static final long DAY = 86_400_000;
  private static final String[] TYPES = {
    "view",
    "view",
    "view",
    "view",
    "cart",
    "cart",
    "remove_from_cart",
    "purchase",
    "purchase",
    "return",
    "wish"
  };

  private final Random random;
  private final int days;

  public RandomVisits(long seed, int days) {
    this.random = new Random(seed);
    this.days = days;
  }

  /**
   * The events of a warehouse by day, each day in no order. The first and the last day have events,
   * so that it is known which days are sealed.
   */
  public SortedMap<LocalDate, List<String>> events() {
    var events = new TreeMap<LocalDate, List<String>>();
    long end = FIRST.plusDays(days).toEpochDay() * DAY;
    for (int day = 0; day < days; day++) {
      events.put(FIRST.plusDays(day), new ArrayList<>());
    }
    int visitors = 3 + random.nextInt(20);
    for (int visitor = 0; visitor < visitors; visitor++) {
      long time = FIRST.toEpochDay() * DAY + random.nextLong(days * DAY);
      if (random.nextInt(3) == 0) {
        time = time / DAY * DAY - random.nextInt(3) * HALF_HOUR / 2;
      }
      var walk = walk();
      int steps = 1 + random.nextInt(walk == Walk.RESTLESS ? 150 : 12);
      for (int step = 0; step < steps && time < end; step++) {
        if (time >= FIRST.toEpochDay() * DAY) {
          events.get(LocalDate.ofEpochDay(time / DAY)).add(line(time, visitor));
        }
        time += gap(walk);
      }
    }
    for (var day : List.of(events.firstKey(), events.lastKey())) {
      events.get(day).add(line(day.toEpochDay() * DAY + random.nextLong(DAY), 0));
    }
    // So that no table is without rows, and files.
    var last = events.lastKey();
    events.get(last).add(last + "T10:00:00Z,view,p0,,c0,b0,1.0,1,,u1,s1,,");
    events.get(last).add(last + "T10:01:00Z,cart,p0,,c0,b0,1.0,1,,u1,s1,,");
    events.get(last).add(last + "T10:02:00Z,purchase,p0,,c0,b0,1.0,1,,u1,s1,o1,");
    events.values().forEach(lines -> Collections.shuffle(lines, random));
    return events;
  }

  /** Writes lines below the header, in as many files as asked. */
  public static void write(Path folder, String name, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    var file = new ArrayList<>(List.of(HEADER));
    file.addAll(lines);
    Files.write(folder.resolve(name + ".csv"), file);
  }

  /** The columns of {@link #withTraffic}: where the visitor came from. */
  public static final List<String> TRAFFIC =
      List.of("traffic_source", "campaign", "device", "country");

  /**
   * Appends to a line where its visitor came from, which the line decides: equal events have equal
   * traffic.
   */
  public static String withTraffic(String line) {
    var other = new Random(line.hashCode());
    boolean isKnown = other.nextInt(3) == 0;
    return String.join(
        ",",
        line,
        isKnown && other.nextInt(4) > 0 ? "t" + other.nextInt(2) : "",
        isKnown && other.nextBoolean() ? "a" + other.nextInt(2) : "",
        other.nextInt(3) > 0 ? "d" + other.nextInt(2) : "",
        other.nextInt(3) > 0 ? "l" + other.nextInt(2) : "");
  }

  /** Writes lines with traffic. */
  public static void writeWithTraffic(Path folder, String name, List<String> lines)
      throws IOException {
    Files.createDirectories(folder);
    var file = new ArrayList<>(List.of(HEADER + "," + String.join(",", TRAFFIC)));
    lines.forEach(line -> file.add(withTraffic(line)));
    Files.write(folder.resolve(name + ".csv"), file);
  }

  private enum Walk {
    /** Edges of sessions one after the other. */
    EDGES,
    /** Never pauses for half an hour. */
    RESTLESS,
    /** A few events now and then. */
    EASY
  }

  private Walk walk() {
    return Walk.values()[random.nextInt(8) < 5 ? 0 : 1 + random.nextInt(2)];
  }

  private long gap(Walk walk) {
    return switch (walk) {
      case RESTLESS -> random.nextInt(4) == 0 ? HALF_HOUR : random.nextLong(HALF_HOUR);
      case EASY -> random.nextLong(DAY / 2);
      case EDGES ->
          switch (random.nextInt(8)) {
            case 0, 1 -> 0;
            case 2 -> 1;
            case 3 -> HALF_HOUR;
            case 4 -> HALF_HOUR + 1;
            case 5 -> DAY - 2 * HALF_HOUR;
            default -> random.nextLong(HALF_HOUR);
          };
    };
  }

  private String line(long time, int visitor) {
    var line = new StringJoiner(",");
    line.add(Instant.ofEpochMilli(time).toString());
    var type = TYPES[random.nextInt(TYPES.length)];
    line.add(type);
    line.add(or(15, "p" + random.nextInt(4)));
    line.add("");
    line.add(or(5, "c" + random.nextInt(2)));
    line.add(or(5, "b" + random.nextInt(2)));
    line.add(or(9, random.nextInt(-1, 5) + "." + random.nextInt(10)));
    line.add(or(6, Integer.toString(random.nextInt(-1, 3))));
    // A visitor goes by one name, but some events lack it and fall to another kind or to none.
    boolean named = random.nextInt(12) != 0;
    line.add(named && visitor % 3 != 1 ? "v" + visitor : "");
    line.add(visitor % 3 == 1 && named || random.nextInt(4) == 0 ? "u" + visitor % 5 : "");
    line.add(or(3, "s" + visitor + random.nextInt(2)));
    line.add(or(2, "o" + visitor + random.nextInt(2)));
    line.add("");
    return line.toString();
  }

  /** The text, or nothing once in so many times. */
  private String or(int times, String text) {
    return random.nextInt(times) == 0 ? "" : text;
  }
}
