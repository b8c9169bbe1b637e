package org.clickmill.jobs;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;

/**
 * Days of odd events in CSV files of the suite's own columns: few different values, so that ties,
 * repeats and missing values meet in every combination.
 */
public final class RandomDays {
  public static final LocalDate FIRST = LocalDate.of(2023, 12, 24);

  private static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,quantity,visitor_id,"
          + "user_id,user_session,order_id,event_id";
  private static final String[] TYPES = {
    "view",
    "view",
    "view",
    "cart",
    "remove_from_cart",
    "purchase",
    "purchase",
    "purchase",
    "return",
    "wish",
    "VIEW"
  };
  // The last two sort one way by UTF-16 units and the other way by UTF-8 bytes.
  private static final String[] PRODUCTS = {"1", "2", "10", "a,b", "é", "\uff5e", "\ud834\udd1e"};
  private static final String[] BRANDS = {"lux", "Lux", "say \"hi\"", "(none)", "ø"};
  private static final String[] CATEGORIES = {"shoes", "shoes.kids", "Ω"};

  private final Random random;

  public RandomDays(long seed) {
    random = new Random(seed);
  }

  /**
   * Writes the events of so many days, in no order, into three files.
   *
   * @return number of events
   */
  public int write(Path folder, int days) throws IOException {
    var files = new ArrayList<List<String>>();
    for (int i = 0; i < 3; i++) {
      files.add(new ArrayList<>(List.of(HEADER)));
    }
    int events = 0;
    for (int day = 0; day < days; day++) {
      // The first and the last day have events, so that it is known which days are sealed.
      boolean edge = day == 0 || day == days - 1;
      int count = random.nextInt(6) == 0 && !edge ? 0 : 1 + random.nextInt(90);
      String line = null;
      for (int i = 0; i < count; i++) {
        boolean again = line != null && random.nextInt(8) == 0;
        line = again ? line : line(FIRST.plusDays(day));
        files.get(random.nextInt(3)).add(line);
      }
      events += count;
    }
    Files.createDirectories(folder);
    for (int i = 0; i < 3; i++) {
      Files.write(folder.resolve("events-" + i + ".csv"), files.get(i));
    }
    return events;
  }

  private String line(LocalDate day) {
    var line = new StringJoiner(",");
    line.add(Instant.ofEpochMilli(day.toEpochDay() * 86_400_000L + timeOfDay()).toString());
    line.add(one(TYPES));
    line.add(quoted(or(12, one(PRODUCTS))));
    line.add(or(3, "c" + random.nextInt(2)));
    line.add(or(4, one(CATEGORIES)));
    line.add(quoted(or(4, one(BRANDS))));
    line.add(price());
    line.add(or(8, Integer.toString(random.nextInt(-2, 4))));
    line.add(or(2, "v" + random.nextInt(4)));
    line.add(or(3, (random.nextBoolean() ? "u" : "v") + random.nextInt(4)));
    line.add(or(3, "s" + random.nextInt(3)));
    line.add(or(2, "o" + random.nextInt(5)));
    line.add(random.nextInt(3) == 0 ? "e" + random.nextInt(12) : "");
    return line.toString();
  }

  private long timeOfDay() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 86_399_999L;
      case 2 -> 3_600_000L * random.nextInt(9, 12) + random.nextInt(2);
      default -> random.nextInt(86_400_000);
    };
  }

  private String price() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> "0.00";
      case 2 -> BigDecimal.valueOf(-random.nextLong(1, 1_000_000), 4).toString();
      case 3 -> "99999999.9999";
      case 4 -> "0.0001";
      default ->
          BigDecimal.valueOf(random.nextLong(1, 5_000_000), random.nextInt(5)).toPlainString();
    };
  }

  private String one(String[] texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** The text, or nothing once in so many times. */
  private String or(int times, String text) {
    return random.nextInt(times) == 0 ? "" : text;
  }

  private static String quoted(String text) {
    return text.isEmpty() || (text.indexOf(',') < 0 && text.indexOf('"') < 0)
        ? text
        : '"' + text.replace("\"", "\"\"") + '"';
  }
}
