package org.clickmill.jobs.kernel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Partition;

/** Hours as numbers since the epoch, UTC, and the partitions that they are. */
public final class Hours {
  public static final long MILLISECONDS = 3_600_000L;
  public static final int A_DAY = 24;

  private Hours() {}

  /** The hour that an instant in milliseconds lies in. */
  public static long of(long time) {
    return Math.floorDiv(time, MILLISECONDS);
  }

  /** The hour that a partition is. */
  public static long of(Partition partition) {
    return partition.day().toEpochDay() * A_DAY + partition.hour();
  }

  public static LocalDate day(long hour) {
    return LocalDate.ofEpochDay(Math.floorDiv(hour, A_DAY));
  }

  /** The partition of {@code events} that an hour is. */
  public static Partition partition(long hour) {
    return Partition.ofHour(Datasets.EVENTS, day(hour), Math.floorMod(hour, A_DAY));
  }

  /** The partitions of the 24 hours of a day, in order. */
  public static List<Partition> ofDay(LocalDate day) {
    return IntStream.range(0, A_DAY)
        .mapToObj(hour -> Partition.ofHour(Datasets.EVENTS, day, hour))
        .toList();
  }

  /** The 24 hours that a day is made of. */
  public enum OfDay implements Inputs {
    INSTANCE;

    @Override
    public List<String> datasets() {
      return List.of(Datasets.EVENTS);
    }

    @Override
    public List<Partition> of(LocalDate start, LocalDate firstDay) {
      return ofDay(start);
    }

    @Override
    public int daysBefore() {
      return 0;
    }

    @Override
    public int daysAfter() {
      return 0;
    }
  }

  /** The day that an instant lies in. */
  public static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
