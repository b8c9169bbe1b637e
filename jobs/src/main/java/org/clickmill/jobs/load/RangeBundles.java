package org.clickmill.jobs.load;

import java.util.ArrayList;
import java.util.List;

/** Deals ranges of offsets out to tasks. */
final class RangeBundles {
  /** Below this a task costs more than it saves. */
  private static final long SMALL_TASK = 50_000;

  private RangeBundles() {}

  /**
   * Divides large ranges and puts small ones together, so that each task has about as many offsets.
   *
   * @param slots tasks that run at once here; 1 on a cluster
   * @param taskRecords offsets for one task
   */
  static List<List<OffsetRange>> of(List<OffsetRange> ranges, int slots, long taskRecords) {
    long total = ranges.stream().mapToLong(OffsetRange::length).sum();
    long wanted = Math.max(ceiling(total, taskRecords), slots);
    long target = Math.max(ceiling(total, wanted), Math.min(SMALL_TASK, taskRecords));
    var bundles = new ArrayList<List<OffsetRange>>();
    var bundle = new ArrayList<OffsetRange>();
    long free = target;
    for (var range : ranges) {
      long start = range.start();
      while (start < range.end()) {
        long end = Math.min(range.end(), start + free);
        bundle.add(new OffsetRange(range.topic(), range.partition(), start, end));
        free -= end - start;
        start = end;
        if (free == 0) {
          bundles.add(List.copyOf(bundle));
          bundle.clear();
          free = target;
        }
      }
    }
    if (!bundle.isEmpty()) {
      bundles.add(List.copyOf(bundle));
    }
    return bundles;
  }

  private static long ceiling(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }
}
