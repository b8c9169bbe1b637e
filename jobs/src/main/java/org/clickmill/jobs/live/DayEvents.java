package org.clickmill.jobs.live;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.formats.event.EventKey;
import org.clickmill.jobs.ingest.IngestSettings.Deduplicate;
import org.clickmill.jobs.kernel.AllClosed;
import org.clickmill.jobs.live.LiveState.IdRun;

/**
 * New events on their way into buckets: those whose event_id stands in an earlier bucket already
 * are left out, and buckets whose event is not the first any more are told to drop it.
 */
final class DayEvents implements Closeable {
  private final LiveFiles files;
  private final boolean dropsIds;
  private final KeySort arrivals;
  private final KeySort placed;
  private long read;
  private final Map<String, Long> dropped = new HashMap<>();

  /**
   * @param memoryBytes that are used at most to sort
   */
  DayEvents(LiveFiles files, Deduplicate deduplicate, long memoryBytes) {
    this.files = files;
    dropsIds = deduplicate == Deduplicate.EVENT_ID;
    arrivals = new KeySort(memoryBytes / 2);
    placed = new KeySort(memoryBytes / 2);
  }

  /** How many events were taken. */
  long read() {
    return read;
  }

  /** How many of a day's were left out. */
  long dropped(String day) {
    return dropped.getOrDefault(day, 0L);
  }

  /**
   * Takes an event.
   *
   * @param id the hash of its event_id; null if it has none
   */
  void add(HashValue128 id, EventKey event) throws IOException {
    read++;
    if (id != null && dropsIds) {
      arrivals.add(EventPlace.arrival(id, event));
    } else {
      placed.add(EventPlace.placed(event));
    }
  }

  /**
   * Looks for the event_ids in those of the days so far.
   *
   * @param before the ids of each day, as {@code dt=2019-10-01}
   * @return the ids of the days that have new ones
   */
  Map<String, List<IdRun>> place(Map<String, List<IdRun>> before) throws IOException {
    var after = new HashMap<String, List<IdRun>>();
    try (var keys = arrivals.sorted()) {
      var first = keys.next();
      while (first != null) {
        var day = partition(EventPlace.dayOf(first));
        try (var index = new IdIndex(files, day, before.getOrDefault(day, List.of()))) {
          first = placeDay(first, keys, index);
          after.put(day, index.runs());
        }
      }
    }
    return after;
  }

  /** Places the events of a day, and returns the first of the next. */
  private byte[] placeDay(byte[] firstOfDay, KeyStream keys, IdIndex index) throws IOException {
    int day = EventPlace.dayOf(firstOfDay);
    var first = firstOfDay;
    while (first != null && EventPlace.dayOf(first) == day) {
      long high = EventPlace.high(first);
      long low = EventPlace.low(first);
      int stands = index.find(high, low);
      int bucket = EventPlace.bucketOfArrival(first);
      if (stands < 0 || bucket < stands) {
        index.add(high, low, bucket);
        if (stands >= 0) {
          placed.add(EventPlace.dropped(first, stands));
        }
      } else {
        bucket = stands;
      }
      var next = first;
      for (; next != null && EventPlace.isSameId(first, next); next = keys.next()) {
        if (EventPlace.bucketOfArrival(next) == bucket) {
          placed.add(EventPlace.placed(next));
        } else {
          dropped.merge(partition(day), 1L, Long::sum);
        }
      }
      first = next;
    }
    return first;
  }

  /** The events, and marks of those to be dropped, by day and bucket. */
  KeyStream placed() {
    return placed.sorted();
  }

  static String partition(int day) {
    return "dt=" + LocalDate.ofEpochDay(day);
  }

  @Override
  public void close() throws IOException {
    AllClosed.close(List.of(arrivals, placed));
  }
}
