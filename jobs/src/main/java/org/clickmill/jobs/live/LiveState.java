package org.clickmill.jobs.live;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.warehouse.Manifest.DataFile;

/**
 * All live days, as far as the loader's commits had come.
 *
 * @param formatVersion version of this format
 * @param sequence 1, 2, …
 * @param runId the run that made it
 * @param commit the loader's commit up to which it stands
 * @param deduplicate which events were dropped as duplicates; another rule makes another state
 * @param days by partition, as {@code dt=2019-10-01}
 */
record LiveState(
    int formatVersion,
    long sequence,
    String runId,
    long commit,
    String deduplicate,
    SortedMap<String, Day> days) {
  /** 2: blocks of ids have checksums. */
  static final int FORMAT_VERSION = 2;

  LiveState {
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }

  /**
   * A day, and its files in the day's folder.
   *
   * @param changedBy the run that changed it last
   * @param commit the loader's commit that this run read up to
   * @param duplicates events that were dropped
   * @param buckets by their number
   * @param hours the rows of live_sales by hour of the day
   * @param ids where the event_ids stand
   */
  record Day(
      String changedBy,
      long commit,
      long duplicates,
      SortedMap<Integer, BucketFiles> buckets,
      SortedMap<Integer, HourFile> hours,
      List<IdRun> ids) {
    static final Day EMPTY =
        new Day("", 0, 0, Collections.emptySortedMap(), Collections.emptySortedMap(), List.of());

    Day {
      buckets = Collections.unmodifiableSortedMap(new TreeMap<>(buckets));
      hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
      ids = List.copyOf(ids);
    }

    /** The names of all its files. */
    @JsonIgnore
    Set<String> files() {
      var names = new HashSet<String>();
      for (var bucket : buckets.values()) {
        names.add(bucket.events());
        names.add(bucket.rows());
      }
      hours.values().forEach(hour -> names.add(hour.file().name()));
      ids.forEach(run -> names.add(run.name()));
      return names;
    }
  }

  /**
   * Five minutes.
   *
   * @param events the file of the events
   * @param rows the file of the rows of live_sales
   * @param summary the row of live_summary
   */
  record BucketFiles(String events, String rows, Summary summary) {}

  /**
   * A row of live_summary.
   *
   * @param revenue scaled money
   */
  record Summary(long events, long views, long visitors, long carts, long orders, long revenue) {
    /** Fills a row of {@link Live#SUMMARY}. */
    void fill(Row row, long bucketStart) {
      row.setLong(0, bucketStart);
      row.setLong(1, events);
      row.setLong(2, views);
      row.setLong(3, visitors);
      row.setLong(4, carts);
      row.setLong(5, orders);
      row.setLong(6, revenue);
    }
  }

  /** The rows of an hour, as they are published. */
  record HourFile(DataFile file, Fingerprint fingerprint) {}

  /**
   * Sorted ids.
   *
   * @param name of the file
   * @param ids how many there are
   */
  record IdRun(String name, long ids) {}
}
