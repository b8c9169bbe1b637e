package org.clickmill.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.clickmill.formats.event.VisitorHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashSpanTest {
  /** By all hashes that begin with one of 2^8 bytes. */
  @ParameterizedTest
  @CsvSource({"1, 0, 1", "2, 0, 1", "2, 1, 2", "4, 1, 3", "16, 0, 5", "64, 63, 64", "128, 32, 64"})
  void overlapsWhateverHasHashesOfIt(int ranges, int first, int end) {
    var span = new HashSpan(ranges, first, end);
    for (int ofRanges = 1; ofRanges <= 64; ofRanges *= 2) {
      for (int range = 0; range < ofRanges; range++) {
        boolean expected = false;
        for (long upper = 0; upper < 256; upper++) {
          long hash = upper << 56;
          expected |= VisitorHash.range(hash, ofRanges) == range && span.contains(hash);
        }
        assertThat(span.overlaps(range, ofRanges))
            .as("range %d of %d", range, ofRanges)
            .isEqualTo(expected);
      }
    }
  }
}
