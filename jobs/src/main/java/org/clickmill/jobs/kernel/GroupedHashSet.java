package org.clickmill.jobs.kernel;

import java.util.Arrays;

/**
 * Distinct 128-bit hashes, each in a group, in one open-addressing table: exact distinct counts of
 * many groups at once, without an object for each.
 */
public final class GroupedHashSet {
  private static final int MINIMUM_SLOTS = 1 << 6;

  /** A table with more slots than this for each hash is not worth clearing. */
  private static final int MOST_SLOTS_A_HASH = 16;

  // A slot is free when its group is 0, so groups are stored plus one.
  private int[] groups = new int[MINIMUM_SLOTS];
  private long[] highs = new long[MINIMUM_SLOTS];
  private long[] lows = new long[MINIMUM_SLOTS];
  private int size;

  /** Adds a hash to a group and tells whether the group did not have it. */
  public boolean add(int group, long high, long low) {
    int mask = groups.length - 1;
    int slot = slot(group, low, mask);
    while (groups[slot] != 0) {
      if (lows[slot] == low && highs[slot] == high && groups[slot] == group + 1) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    groups[slot] = group + 1;
    highs[slot] = high;
    lows[slot] = low;
    if (++size * 2 > groups.length) {
      rehash();
    }
    return true;
  }

  public int size() {
    return size;
  }

  /** Estimated bytes of memory in use. */
  public long memoryBytes() {
    return groups.length * 20L;
  }

  /**
   * Empties the set; a table that has become too large for its hashes is given up for a smaller.
   */
  public void clear() {
    if (groups.length > MINIMUM_SLOTS && (long) size * MOST_SLOTS_A_HASH < groups.length) {
      int slots = Math.max(MINIMUM_SLOTS, Integer.highestOneBit(4 * size + 1));
      groups = new int[slots];
      highs = new long[slots];
      lows = new long[slots];
    } else if (size > 0) {
      Arrays.fill(groups, 0);
    }
    size = 0;
  }

  /** The hashes ordered by group; within a group in no particular order. */
  public Groups grouped(int groupCount) {
    var starts = new int[groupCount + 1];
    for (int group : groups) {
      if (group != 0) {
        starts[group]++;
      }
    }
    for (int i = 1; i <= groupCount; i++) {
      starts[i] += starts[i - 1];
    }
    var next = Arrays.copyOf(starts, groupCount);
    var groupedHighs = new long[size];
    var groupedLows = new long[size];
    for (int slot = 0; slot < groups.length; slot++) {
      if (groups[slot] != 0) {
        int index = next[groups[slot] - 1]++;
        groupedHighs[index] = highs[slot];
        groupedLows[index] = lows[slot];
      }
    }
    return new Groups(starts, groupedHighs, groupedLows);
  }

  private void rehash() {
    var oldGroups = groups;
    var oldHighs = highs;
    var oldLows = lows;
    groups = new int[2 * oldGroups.length];
    highs = new long[groups.length];
    lows = new long[groups.length];
    int mask = groups.length - 1;
    for (int i = 0; i < oldGroups.length; i++) {
      if (oldGroups[i] != 0) {
        int slot = slot(oldGroups[i] - 1, oldLows[i], mask);
        while (groups[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        groups[slot] = oldGroups[i];
        highs[slot] = oldHighs[i];
        lows[slot] = oldLows[i];
      }
    }
  }

  private static int slot(int group, long low, int mask) {
    long mixed = (low ^ group) * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 32) & mask;
  }

  /** Hashes by group: group g holds the indexes from start(g) to start(g + 1). */
  public static final class Groups {
    private final int[] starts;
    private final long[] highs;
    private final long[] lows;

    private Groups(int[] starts, long[] highs, long[] lows) {
      this.starts = starts;
      this.highs = highs;
      this.lows = lows;
    }

    public int start(int group) {
      return starts[group];
    }

    public int end(int group) {
      return starts[group + 1];
    }

    public long[] highs() {
      return highs;
    }

    public long[] lows() {
      return lows;
    }
  }
}
