package org.clickmill.drivers.damage;

import java.util.List;

/**
 * An undamaged file.
 *
 * @param name of the file in the corpus folder; its beginning says who wrote it
 * @param isEvents whether it is one of Clickmill's own event files
 * @param isTable whether any of its columns can be read as a table's
 * @param protectedRanges pairs of first and last byte, exclusive, of what checksums cover
 */
record Specimen(String name, boolean isEvents, boolean isTable, List<long[]> protectedRanges) {
  /** Whether checksums cover all of a range. */
  boolean protects(long from, long to) {
    return protectedRanges.stream().anyMatch(range -> range[0] <= from && to <= range[1]);
  }

  /**
   * As readers see it that know what an event or table of ours looks like: whatever has no checksum
   * in the file contradicts something else when it changes. (Import takes a column of another name
   * for one that a foreign file does not have.)
   */
  Specimen knownToReader() {
    return isEvents && !name.contains("deflate")
        ? new Specimen(name, isEvents, isTable, List.of(new long[] {0, Long.MAX_VALUE}))
        : this;
  }

  boolean isParquet() {
    return name.endsWith(".parquet");
  }

  boolean isAvro() {
    return name.endsWith(".avro");
  }
}
