package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Files of events for an import, some of persons whose ids occur nowhere else: users who sign in
 * and visitors who do not, with sessions over midnight, orders with and without a key, reviews, and
 * records that cannot be events.
 */
final class PersonalShop {
  static final String USER = "Zq7personXk";
  static final String VISITOR = "Yv3visitorWp";

  /** Whom USER was seen with, and nobody else. */
  static final String VISITOR_OF_USER = "Hj5visitorRt";

  static final int DAYS = 4;

  private static final String HEADER =
      "event_time,event_type,product_id,category_code,brand,price,quantity,visitor_id,user_id,"
          + "user_session,order_id,event_id,rating,review";
  private static final String[] TYPES = {"view", "view", "view", "cart", "purchase", "review"};

  private PersonalShop() {}

  /**
   * Writes a file a day.
   *
   * @param kept which lines are written
   */
  static Path write(Path folder, long seed, int eventsADay, Predicate<String> kept)
      throws IOException {
    Files.createDirectories(folder);
    var random = new Random(seed);
    for (int day = 1; day <= DAYS; day++) {
      var lines = new ArrayList<String>();
      for (int i = 0; i < eventsADay; i++) {
        lines.add(line(day, i, eventsADay, random));
      }
      lines.add(malformed(day, USER));
      lines.add(malformed(day, "u-1"));
      lines.removeIf(kept.negate());
      lines.add(0, HEADER);
      Files.write(folder.resolve("day-" + day + ".csv"), lines);
    }
    return folder;
  }

  /** Lines without any of some ids. */
  static Predicate<String> without(String... ids) {
    var all = List.of(ids);
    return line -> Arrays.stream(line.split(",", -1)).noneMatch(all::contains);
  }

  private static String line(int day, int i, int eventsADay, Random random) {
    int second = (int) (86_399L * i / Math.max(1, eventsADay - 1));
    int who = random.nextInt(10);
    var visitor = "v-" + who;
    var user = random.nextInt(3) == 0 ? "" : "u-" + who;
    if (who == 0) {
      visitor = random.nextBoolean() ? VISITOR_OF_USER : "";
      user = random.nextInt(3) == 0 ? "" : USER;
    } else if (who == 1) {
      visitor = VISITOR;
      user = "";
    } else if (who == 2) {
      // Somebody else's browser, now and then.
      user = random.nextInt(4) == 0 ? USER : user;
    }
    var type = TYPES[random.nextInt(TYPES.length)];
    int product = random.nextInt(8);
    var order = type.equals("purchase") && random.nextBoolean() ? "o-" + day + "-" + i : "";
    return String.join(
        ",",
        String.format(
            Locale.ROOT,
            "2024-03-%02dT%02d:%02d:%02dZ",
            day,
            second / 3600,
            second / 60 % 60,
            second % 60),
        type,
        "p-" + product,
        "c." + product % 3,
        "b" + product % 2,
        type.equals("review") ? "" : (1 + product) + ".50",
        "1",
        visitor,
        user,
        "s-" + who + "-" + day + "-" + second / 7200,
        order,
        "e-" + day + "-" + i,
        type.equals("review") ? "4" : "",
        type.equals("review") ? "very good" : "");
  }

  private static String malformed(int day, String user) {
    return "2024-03-0"
        + day
        + "T12:00:00Z,view,p-1,c.1,b1,not a price,1,v-9,"
        + user
        + ",s-9-"
        + day
        + ",,m-"
        + day
        + user
        + ",,";
  }
}
