package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.Hours;

/** Tells whether a day's hours are all sealed, at once or as soon as they are. */
final class DaySensor {
  private final Warehouse warehouse;
  private final LocalDate day;

  DaySensor(Warehouse warehouse, LocalDate day) {
    this.warehouse = warehouse;
    this.day = day;
  }

  /**
   * How a day stands.
   *
   * @param ready whether its 24 hours are sealed, so that it can be worked on
   * @param missing those that are not, as two digits
   */
  record Readiness(LocalDate day, boolean ready, int sealedHours, List<String> missing) {
    String text() {
      return ready
          ? day + " is ready: its " + sealedHours + " hours are sealed"
          : day
              + " is not ready: "
              + sealedHours
              + " of its "
              + Hours.A_DAY
              + " hours are sealed, missing "
              + String.join(", ", missing);
    }
  }

  /** Looks once. */
  Readiness look() throws IOException {
    var sealed = warehouse.manifests(Datasets.EVENTS, day, day).keySet();
    var missing =
        Hours.ofDay(day).stream()
            .filter(hour -> !sealed.contains(hour))
            .map(DaySensor::digits)
            .toList();
    return new Readiness(day, missing.isEmpty(), Hours.A_DAY - missing.size(), missing);
  }

  /**
   * Looks again and again until the day is ready or the time is over.
   *
   * @param poll the time between two looks
   * @param timeout how long; null for as long as it takes
   * @param console told whenever more hours are sealed
   * @return what the last look has seen
   */
  Readiness await(Duration poll, Duration timeout, Console console)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    int told = -1;
    while (true) {
      var readiness = look();
      long left =
          timeout == null ? Long.MAX_VALUE : timeout.toNanos() - (System.nanoTime() - start);
      if (readiness.ready() || left <= 0) {
        return readiness;
      }
      if (readiness.sealedHours() != told) {
        told = readiness.sealedHours();
        console.note(readiness.text());
      }
      TimeUnit.NANOSECONDS.sleep(Math.min(poll.toNanos(), left));
    }
  }

  private static String digits(Partition hour) {
    return String.format(Locale.ROOT, "%02d", hour.hour());
  }
}
