package org.clickmill.jobs.ingest;

import org.clickmill.formats.event.VisitorHash;

/**
 * Neighbouring ranges of the hashes by which a day is clustered.
 *
 * @param ranges how many ranges the day is cut into, a power of two; each becomes a file
 * @param first the first range of the span
 * @param end the range behind the last of the span
 */
record HashSpan(int ranges, int first, int end) {
  /** All hashes. */
  static final HashSpan WHOLE = new HashSpan(1, 0, 1);

  /** Whether a hash is in one of the ranges. */
  boolean contains(long hash) {
    int range = VisitorHash.range(hash, ranges);
    return range >= first && range < end;
  }

  /** Whether it has hashes of one of some other number of ranges, a power of two. */
  boolean overlaps(int range, int ofRanges) {
    return (long) range * ranges < (long) end * ofRanges
        && (long) first * ofRanges < (range + 1L) * ranges;
  }

  /** Whether all hashes are in the span. */
  boolean isWhole() {
    return first == 0 && end == ranges;
  }

  /** How many ranges are in the span. */
  int size() {
    return end - first;
  }
}
