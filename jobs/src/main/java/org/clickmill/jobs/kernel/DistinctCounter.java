package org.clickmill.jobs.kernel;

/**
 * Counts the distinct 128-bit hashes of one group after another, from the blocks that {@link
 * HashRanges} makes. The ranges of a group come in order; only the hashes of one range are in
 * memory.
 */
public final class DistinctCounter {
  private final GroupedHashSet hashes = new GroupedHashSet();
  private int current;
  private long counted;

  /** Begins another group. */
  public void begin() {
    hashes.clear();
    current = 0;
    counted = 0;
  }

  /**
   * Adds a block of hashes; those of the group that were added before may be among them.
   *
   * @throws IllegalStateException if a block of a later range was added before
   */
  public void add(int range, ByteReader block) {
    if (range < current) {
      throw new IllegalStateException("Range " + range + " comes after range " + current);
    }
    if (range > current) {
      counted += hashes.size();
      hashes.clear();
      current = range;
    }
    while (block.remaining() > 0) {
      hashes.add(0, block.readFixed(), block.readFixed());
    }
  }

  /** The number of distinct hashes that were added to the group. */
  public long count() {
    return counted + hashes.size();
  }

  /** Estimated bytes of memory in use. */
  public long memoryBytes() {
    return hashes.memoryBytes();
  }
}
