package org.clickmill.drivers.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A day of events in which nearly everything is seen once, or one of everything is seen often, and
 * a few days before it on which some of its users came, too.
 */
final class WideDay {
  static final LocalDate DAY = LocalDate.parse("2024-03-01");

  private static final String HEADER =
      "event_time,event_type,product_id,category_code,brand,price,visitor_id,user_id,"
          + "user_session,order_id,event_id\n";
  private static final int SECONDS = 86_400;
  private static final int EARLIER_DAYS = 4;
  private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

  private WideDay() {}

  /** What the events of a day have in common. */
  enum Shape {
    /** Each visitor, product, brand, order and event_id is of one event or a few. */
    DISTINCT,
    /**
     * One visitor has a third of the events, one product half of the views, one order its lines.
     */
    HOT
  }

  /** Writes a CSV file. */
  static void write(Path file, Shape shape, int events) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
      var line = new StringBuilder();
      for (int i = 0; i < events; i++) {
        line.setLength(0);
        append(line, shape, i, events);
        print(line, out);
      }
    }
  }

  private static void append(StringBuilder line, Shape shape, int i, int events) {
    int earlier = events / 8;
    boolean isEarlier = i < earlier;
    long random = mix(i);
    boolean isHot = shape == Shape.HOT && i % 3 == 0;
    var type = random % 8 < 3 ? "view" : random % 8 < 5 ? "cart" : "purchase";
    long visitor = isHot ? 0 : mix(i >> 1);
    long user = isHot ? 0 : mix((isEarlier ? i + earlier : i) >> 1) + 1;
    long product = shape == Shape.HOT && (random >> 8 & 1) == 0 ? 0 : mix(i + 1);
    if (isEarlier) {
      var day = DAY.minusDays(1 + (long) i * EARLIER_DAYS / earlier);
      time(line, day, (int) (random >>> 30 & 0xffff));
    } else {
      time(line, DAY, (int) ((long) (i - earlier) * SECONDS / (events - earlier)));
    }
    line.append(',').append(type);
    name(line.append(','), 'p', product);
    name(line.append(','), 'c', random % 4096);
    name(line.append(','), 'b', product >>> 2);
    line.append(',').append(random >>> 20 & 0xffff).append(".5");
    name(line.append(','), 'v', visitor);
    name(line.append(','), 'u', user);
    name(line.append(','), 's', visitor + 2);
    line.append(',');
    if (type.equals("purchase")) {
      name(line, 'o', isHot ? 0 : random);
    }
    name(line.append(','), 'e', random);
    line.append('\n');
  }

  private static void time(StringBuilder line, LocalDate day, int second) {
    line.append(day).append('T');
    two(line, second / 3600).append(':');
    two(line, second / 60 % 60).append(':');
    two(line, second % 60).append('Z');
  }

  private static StringBuilder two(StringBuilder line, int number) {
    return line.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static void name(StringBuilder line, char kind, long number) {
    line.append(kind);
    for (long rest = number; rest != 0; rest >>>= 5) {
      line.append(Character.forDigit((int) (rest & 31), 32));
    }
  }

  private static void print(StringBuilder line, OutputStream out) throws IOException {
    for (int i = 0; i < line.length(); i++) {
      out.write(line.charAt(i));
    }
  }

  /** Another number for each number, as if by chance. */
  private static long mix(long number) {
    long mixed = (number + 1) * GOLDEN;
    mixed = (mixed ^ mixed >>> 32) * GOLDEN;
    return (mixed ^ mixed >>> 29) >>> 1;
  }
}
