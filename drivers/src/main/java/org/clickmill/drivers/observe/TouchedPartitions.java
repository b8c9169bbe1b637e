package org.clickmill.drivers.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Publication.Outcome;

/**
 * The partitions of a dataset that a run has read or published. Of many, the first are named and
 * the others counted, so that neither memory nor events grow with them.
 */
final class TouchedPartitions {
  /** The hours of half a year, or the days of eleven. */
  private static final int MOST_NAMED = 4_000;

  private final SortedMap<String, Touched> named = new TreeMap<>();
  private long unnamed;
  private long rows;
  private long bytes;
  private long files;

  /**
   * A partition.
   *
   * @param partition its path below the dataset
   * @param version the version that was read, or is published now
   * @param rows in it; null where its manifest was not looked at
   * @param isChanged whether its rows are others than before; null for one that was read
   */
  record Touched(String partition, int version, Long rows, Boolean isChanged) {}

  /** Adds a partition that was published; one that was published again takes the place. */
  void published(Manifest manifest, Outcome outcome) {
    boolean isChanged = outcome == Outcome.PUBLISHED;
    long records = manifest.fingerprint().rows();
    add(new Touched(manifest.partition(), manifest.version(), records, isChanged));
    rows += records;
    bytes += manifest.bytes();
    files += manifest.files().size();
  }

  /** Adds a partition that was read, with its manifest. */
  void read(Manifest manifest) {
    add(new Touched(manifest.partition(), manifest.version(), manifest.fingerprint().rows(), null));
  }

  /** Adds a partition that another was made from. */
  void read(Manifest.Input input) {
    add(new Touched(input.partition(), input.version(), null, null));
  }

  /** Adds those of another run. */
  void addAll(TouchedPartitions other) {
    other.named.values().forEach(this::add);
    unnamed += other.unnamed;
    rows += other.rows;
    bytes += other.bytes;
    files += other.files;
  }

  private void add(Touched touched) {
    if (named.containsKey(touched.partition()) || named.size() < MOST_NAMED) {
      named.put(touched.partition(), touched);
    } else {
      unnamed++;
    }
  }

  List<Touched> named() {
    return new ArrayList<>(named.values());
  }

  boolean isEmpty() {
    return named.isEmpty();
  }

  /** How many more there are than are named; of inputs, some may be counted several times. */
  long unnamed() {
    return unnamed;
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  long files() {
    return files;
  }

  /** The named partitions and their versions in a few words, such as dt=2019-10-01@3. */
  String version() {
    var first = named.get(named.firstKey());
    if (named.size() == 1) {
      return first.partition() + "@" + first.version();
    }
    int lowest = named.values().stream().mapToInt(Touched::version).min().orElse(0);
    int highest = named.values().stream().mapToInt(Touched::version).max().orElse(0);
    return named.firstKey()
        + ".."
        + named.lastKey()
        + "@"
        + (lowest == highest ? lowest : lowest + ".." + highest);
  }
}
