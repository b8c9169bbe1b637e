package org.clickmill.jobs.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;

/** Hours as numbers since the epoch, UTC, and the partitions that they are. */
final class Hours {
  static final long MILLISECONDS = 3_600_000L;
  static final int A_DAY = 24;

  private Hours() {}

  /** The hour that an instant in milliseconds lies in. */
  static long of(long time) {
    return Math.floorDiv(time, MILLISECONDS);
  }

  static long of(Partition partition) {
    return partition.day().toEpochDay() * A_DAY + partition.hour();
  }

  static LocalDate day(long hour) {
    return LocalDate.ofEpochDay(Math.floorDiv(hour, A_DAY));
  }

  static Partition partition(long hour) {
    return Partition.ofHour(Datasets.EVENTS, day(hour), Math.floorMod(hour, A_DAY));
  }

  /** The day's hours, in order. */
  static List<Partition> partitions(LocalDate day) {
    return IntStream.range(0, A_DAY)
        .mapToObj(hour -> Partition.ofHour(Datasets.EVENTS, day, hour))
        .toList();
  }

  static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
