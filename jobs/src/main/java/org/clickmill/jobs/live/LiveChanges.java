package org.clickmill.jobs.live;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.jobs.push.ChangedRows;

/**
 * Which five minutes an update has counted again: all rows of others are as they were in the state
 * before. Of a partition that was published from other states nothing is known.
 *
 * @param days by partition, as {@code dt=2019-10-01}
 */
public record LiveChanges(Map<String, Day> days) implements ChangedRows {
  /** Of an update that has changed nothing. */
  public static final LiveChanges NONE = new LiveChanges(Map.of());

  private static final String BUCKET_START = "bucket_start";

  public LiveChanges {
    days = Collections.unmodifiableMap(new TreeMap<>(days));
  }

  /**
   * A day.
   *
   * @param before the run that made the state before; empty if there was none
   * @param after the run that made the state
   * @param buckets those that were counted again
   */
  public record Day(String before, String after, Set<Integer> buckets) {
    public Day {
      buckets = Collections.unmodifiableSet(new TreeSet<>(buckets));
    }
  }

  /**
   * The days that differ between two states.
   *
   * @param built the buckets that were counted again for the later one
   */
  static LiveChanges of(
      Map<String, LiveState.Day> before,
      Map<String, LiveState.Day> after,
      Map<String, Set<Integer>> built) {
    var changed = new TreeMap<String, Day>();
    after.forEach(
        (day, state) -> {
          var old = before.getOrDefault(day, LiveState.Day.EMPTY);
          if (!state.equals(old)) {
            var buckets = built.getOrDefault(day, Set.of());
            changed.put(day, new Day(old.changedBy(), state.changedBy(), buckets));
          }
        });
    return new LiveChanges(changed);
  }

  @Override
  public Optional<Predicate<TableReader>> between(Manifest before, Manifest now) {
    var day = days.get(now.partition());
    if (day == null
        || !day.before().equals(before.settings().get(Live.STATE))
        || !day.after().equals(now.settings().get(Live.STATE))) {
      return Optional.empty();
    }
    return Optional.of(row -> day.buckets().contains(Bucket.of(row.longValue(BUCKET_START))));
  }
}
