package org.clickmill.jobs.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final Watermark.Rule RULE = new Watermark.Rule(Duration.ofMinutes(10), 48);
  private static final long FIRST_HOUR = Hours.of(at("2019-10-01T00:00:00Z").toEpochMilli());

  private static Instant at(String time) {
    return Instant.parse(time);
  }

  private static Watermark watermark(Watermark before, String sealTime, long... hours) {
    var files = new ArrayList<StagedFile>();
    for (long hour : hours) {
      files.add(file(FIRST_HOUR + hour, "file", 1));
    }
    return before.after(files, at(sealTime), RULE);
  }

  private static StagedFile file(long hour, String name, long records) {
    return new StagedFile(
        Datasets.EVENTS,
        Hours.partition(hour).path(),
        new DataFile(name, 1, records, "crc32c:00000000"),
        Fingerprint.EMPTY,
        new TreeMap<>(),
        new TreeMap<>());
  }

  @Test
  void nothingIsSealedBeforeTheFirstEvent() {
    assertThat(watermark(Watermark.NONE, "2019-10-02T00:00:00Z")).isEqualTo(Watermark.NONE);
  }

  @Test
  void firstSealedHourBeginsTheDayOfTheOldestEvent() {
    assertThat(watermark(Watermark.NONE, "2019-10-01T08:00:00Z", 7, 5))
        .isEqualTo(new Watermark(FIRST_HOUR, FIRST_HOUR + 7, FIRST_HOUR + 7));
  }

  @Test
  void hourIsSealedWhenItsEndAndTheAllowedLatenessAreOver() {
    assertThat(watermark(Watermark.NONE, "2019-10-01T01:09:59.999Z", 0).through())
        .isEqualTo(FIRST_HOUR);
    assertThat(watermark(Watermark.NONE, "2019-10-01T01:10:00Z", 0).through())
        .isEqualTo(FIRST_HOUR + 1);
  }

  @Test
  void quietHoursAreSealedUntilTheSilenceIsTooLong() {
    var first = watermark(Watermark.NONE, "2019-10-01T01:10:00Z", 0);
    assertThat(watermark(first, "2019-10-02T01:10:00Z").through()).isEqualTo(FIRST_HOUR + 25);
    var silent = watermark(first, "2019-10-31T00:00:00Z");
    assertThat(silent.through()).isEqualTo(FIRST_HOUR + 49);
    assertThat(watermark(silent, "2019-10-31T00:00:00Z", 700).through())
        .isEqualTo(Hours.of(at("2019-10-30T23:00:00Z").toEpochMilli()));
  }

  @Test
  void sealTimeThatGoesBackUnsealsNothing() {
    var first = watermark(Watermark.NONE, "2019-10-01T05:10:00Z", 0, 4);
    var back = watermark(first, "2019-10-01T02:10:00Z", 5);
    assertThat(back.from()).isEqualTo(first.through());
    assertThat(back.through()).isEqualTo(first.through());
  }

  /** An event: when it happened and when its partition got it. */
  private record Arrival(long time, long arrived) {}

  @Test
  void sealedHourHoldsEveryEventThatWasThereAtItsSealTime() {
    long seed = Long.getLong("clickmill.test.seed", new Random().nextLong());
    var random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      checkRandomArrivals(random, "seed " + seed + ", round " + round);
    }
  }

  private static void checkRandomArrivals(Random random, String description) {
    var arrivals = randomArrivals(random);
    var rule = new Watermark.Rule(Duration.ofMinutes(random.nextInt(90)), 1 + random.nextInt(60));
    var sealed = new HashMap<Long, Long>();
    var late = new HashMap<Long, Long>();
    Commit last = null;
    long now = FIRST_HOUR * Hours.MILLISECONDS;
    long before = Long.MIN_VALUE;
    for (int run = 0; run < 30; run++) {
      now += (long) (random.nextDouble() * 4 * Hours.MILLISECONDS);
      var watermark = last == null ? Watermark.NONE : Watermark.of(last);
      var inTime = new TreeMap<Long, Long>();
      for (var arrival : arrivals) {
        if (arrival.arrived() >= before && arrival.arrived() < now) {
          long hour = Hours.of(arrival.time());
          boolean isLate = watermark.through() != null && hour < watermark.through();
          (isLate ? late : inTime).merge(hour, 1L, Long::sum);
        }
      }
      last = commit(run, last, inTime, Instant.ofEpochMilli(now), rule);
      for (long hour : last.sealedHours()) {
        long held = records(last.unsealed(), hour);
        assertThat(sealed.put(hour, held)).as(description).isNull();
        assertThat(held).as(description).isEqualTo(arrivedBy(arrivals, hour, now));
        assertThat(late).as(description).doesNotContainKey(hour);
        assertThat((hour + 1) * Hours.MILLISECONDS + rule.allowedLateness().toMillis())
            .as(description)
            .isLessThanOrEqualTo(now);
      }
      before = now;
    }
    assertNothingLost(arrivals, before, last, sealed, late, description);
  }

  private static void assertNothingLost(
      List<Arrival> arrivals,
      long now,
      Commit last,
      Map<Long, Long> sealed,
      Map<Long, Long> late,
      String description) {
    var loaded = new HashMap<>(sealed);
    late.forEach((hour, records) -> loaded.merge(hour, records, Long::sum));
    for (var file : last.leftOpen()) {
      loaded.merge(Hours.of(file.partition()), file.file().records(), Long::sum);
    }
    loaded.values().removeIf(records -> records == 0);
    var expected = new HashMap<Long, Long>();
    for (var arrival : arrivals) {
      if (arrival.arrived() < now) {
        expected.merge(Hours.of(arrival.time()), 1L, Long::sum);
      }
    }
    assertThat(loaded).as(description).isEqualTo(expected);
  }

  private static List<Arrival> randomArrivals(Random random) {
    long start = FIRST_HOUR * Hours.MILLISECONDS;
    var arrivals = new ArrayList<Arrival>();
    for (int i = random.nextInt(200); i > 0; i--) {
      long time = start + (long) (random.nextDouble() * 50 * Hours.MILLISECONDS);
      // Most come at once, some hours later, and some clocks are ahead.
      double delay = random.nextGaussian() * (random.nextInt(5) == 0 ? 10 : 0.3);
      arrivals.add(new Arrival(time, time + (long) (delay * Hours.MILLISECONDS)));
    }
    return arrivals;
  }

  private static Commit commit(
      long run, Commit last, Map<Long, Long> inTime, Instant sealTime, Watermark.Rule rule) {
    var files = new ArrayList<StagedFile>();
    inTime.forEach((hour, records) -> files.add(file(hour, run + "", records)));
    var before = last == null ? Watermark.NONE : Watermark.of(last);
    var watermark = before.after(files, sealTime, rule);
    return new Commit(
        run,
        1,
        "run",
        "user",
        "suite",
        sealTime,
        sealTime,
        "mapping",
        List.of(),
        List.of(),
        List.of(),
        files,
        last == null ? List.of() : last.leftOpen(),
        watermark.from(),
        watermark.through(),
        watermark.newestHour());
  }

  private static long records(List<StagedFile> files, long hour) {
    return files.stream()
        .filter(file -> Hours.of(file.partition()) == hour)
        .mapToLong(file -> file.file().records())
        .sum();
  }

  private static long arrivedBy(List<Arrival> arrivals, long hour, long now) {
    return arrivals.stream()
        .filter(arrival -> Hours.of(arrival.time()) == hour && arrival.arrived() < now)
        .count();
  }
}
