package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.NullWritable;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.kernel.Hours;
import org.junit.jupiter.api.Test;

final class HourRangesTest {
  private static final LocalDate DAY = LocalDate.of(1969, 12, 30);

  @Test
  void rangesHoldAboutTheSameBytes() {
    var even = new long[24];
    java.util.Arrays.fill(even, 100);
    assertThat(HourRanges.boundaries(even, 1)).containsOnly(0);
    assertThat(HourRanges.boundaries(even, 24)).isSorted().doesNotHaveDuplicates();
    assertThat(HourRanges.boundaries(even, 2))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(HourRanges.boundaries(new long[24], 3)).containsOnly(0);
    var evening = new long[24];
    evening[20] = 900;
    evening[21] = 1000;
    assertThat(HourRanges.boundaries(evening, 2)[20]).isZero();
    assertThat(HourRanges.boundaries(evening, 2)[21]).isEqualTo(1);
  }

  @Test
  void everyHourHasAReducerAndReducersAscendWithinADay() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      var days = new TreeMap<LocalDate, long[]>();
      int most = 1;
      for (int i = 0; i < 6; i++) {
        int ranges = 1 + random.nextInt(6);
        most = Math.max(most, ranges);
        var bytes = random.longs(24, 0, 1L << random.nextInt(1, 40)).toArray();
        days.put(DAY.plusDays(random.nextInt(10)), HourRanges.boundaries(bytes, ranges));
      }
      int reducers = most + random.nextInt(4);
      var toReducers = toReducers(HourRanges.of(days, reducers));
      for (var day : days.entrySet()) {
        int first = toReducers.getPartition(key(day.getKey(), 0), NullWritable.get(), reducers);
        for (int hour = 0; hour < 24; hour++) {
          int reducer =
              toReducers.getPartition(key(day.getKey(), hour), NullWritable.get(), reducers);
          assertThat(reducer).as("seed %d", seed).isBetween(0, reducers - 1);
          assertThat((long) reducer - first)
              .as("seed %d", seed)
              .isEqualTo(day.getValue()[hour] - day.getValue()[0]);
        }
        assertThat(day.getValue()).as("seed %d", seed).isSorted();
      }
    }
  }

  private static HourRanges.ToReducers toReducers(HourRanges ranges) {
    var configuration = new Configuration(false);
    ranges.write(configuration);
    var toReducers = new HourRanges.ToReducers();
    toReducers.setConf(configuration);
    return toReducers;
  }

  private static BytesWritable key(LocalDate day, int hour) {
    var event = new Event();
    long start = (day.toEpochDay() * 24 + hour) * Hours.MILLISECONDS;
    event.setEventTime(Instant.ofEpochMilli(start + (hour % 2 == 0 ? 0 : 3_599_999)));
    event.setEventType(new Utf8("view"));
    var key = new EventKey();
    key.encode(event);
    return new BytesWritable(key.bytes(), key.length());
  }
}
