package org.clickmill.jobs.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Slots;
import org.clickmill.jobs.kernel.StagedContent;

/** Decides into how many ranges of hashes days are cut, and how these are sorted. */
final class CompactPlan {
  /** A day that more tasks would have to read, each for a part of it, is shuffled. */
  private static final int MOST_READERS = 4;

  /** About what an event takes in memory as a key. */
  private static final long BYTES_AN_EVENT = 224;

  /** Less is not worth a task of its own. */
  private static final long LEAST_BYTES = 16L << 20;

  private final Configuration configuration;
  private final Warehouse warehouse;
  private final Catalog catalog;
  private final int days;

  /**
   * A day to be compacted.
   *
   * @param ranges how many files it becomes, a power of two
   * @param readers how many tasks read it to sort a part of it in memory; 0 if it is shuffled
   * @param hasEventIds whether repeated event_ids are to be found
   * @param hours the files of its hours
   */
  record Day(LocalDate day, int ranges, int readers, boolean hasEventIds, List<InputFile> hours) {

    /** Whether duplicates have to be found before it is sorted, since no task sees all of it. */
    boolean needsDuplicatesFirst() {
      return hasEventIds && readers != 1;
    }

    /** All of its ranges, to be shuffled. */
    DayRange whole(List<InputFile> dropped) {
      return new DayRange(day.toEpochDay(), new HashSpan(ranges, 0, ranges), false, hours, dropped);
    }

    /** Its ranges as the tasks sort them in memory. */
    List<DayRange> tasks(List<InputFile> dropped) {
      int each = ranges / readers;
      return IntStream.range(0, readers)
          .mapToObj(
              task ->
                  new DayRange(
                      day.toEpochDay(),
                      new HashSpan(ranges, task * each, (task + 1) * each),
                      hasEventIds && readers == 1,
                      hours,
                      dropped))
          .toList();
    }
  }

  /**
   * @param days how many days are compacted together
   */
  CompactPlan(Configuration configuration, Warehouse warehouse, Catalog catalog, int days) {
    this.configuration = configuration;
    this.warehouse = warehouse;
    this.catalog = catalog;
    this.days = days;
  }

  /** The hours of a day that are there: all 24, unless an incomplete day was asked for. */
  static SortedMap<Partition, Manifest> hours(Catalog catalog, LocalDate day) {
    var hours = new TreeMap<Partition, Manifest>();
    for (var hour : Hours.ofDay(day)) {
      catalog.manifest(hour).ifPresent(manifest -> hours.put(hour, manifest));
    }
    return hours;
  }

  Day plan(LocalDate day) {
    long bytes = 0;
    long events = 0;
    long eventIds = 0;
    var files = new ArrayList<InputFile>();
    for (var hour : hours(catalog, day).entrySet()) {
      var manifest = hour.getValue();
      bytes += manifest.files().stream().mapToLong(DataFile::bytes).sum();
      events += manifest.fingerprint().rows();
      eventIds += manifest.counts().getOrDefault(StagedContent.EVENT_IDS, 0L);
      files.addAll(InputFile.of(warehouse, hour.getKey(), manifest));
    }
    boolean hasEventIds =
        eventIds > 0 && IngestSettings.DEDUPLICATE.get(configuration) == Deduplicate.EVENT_ID;
    int parallel = parallel(bytes);
    long fileBytes = (long) IngestSettings.COMPACT_FILE_MB.get(configuration) << 20;
    int ranges = Math.max(parallel, powerOfTwo(bytes, fileBytes));
    int readers =
        Math.max(
            hasEventIds ? 1 : parallel,
            powerOfTwo(events * BYTES_AN_EVENT, IngestSettings.compactMemoryBytes(configuration)));
    if (readers > MOST_READERS) {
      readers = 0;
    }
    return new Day(day, Math.max(ranges, readers), readers, hasEventIds, List.copyOf(files));
  }

  /** How many tasks should share a day, so that no slot of this machine has nothing to do. */
  private int parallel(long bytes) {
    int slots = Slots.local(configuration, Slots.MAP);
    long worthIt = Math.max(1, bytes / LEAST_BYTES);
    return Integer.highestOneBit(
        Math.toIntExact(Math.max(1, Math.min(worthIt, Math.min(MOST_READERS, slots) / days))));
  }

  /** The least power of two of parts that are not larger than a size. */
  private static int powerOfTwo(long whole, long size) {
    int parts = 1;
    while (parts < 1 << 16 && whole > size * parts) {
      parts *= 2;
    }
    return parts;
  }
}
