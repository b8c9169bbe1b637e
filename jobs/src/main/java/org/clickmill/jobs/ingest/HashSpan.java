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
  /** Whether a hash is in one of the ranges. */
  boolean contains(long hash) {
    int range = VisitorHash.range(hash, ranges);
    return range >= first && range < end;
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
