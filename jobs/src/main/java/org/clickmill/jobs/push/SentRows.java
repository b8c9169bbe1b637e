package org.clickmill.jobs.push;

import it.unimi.dsi.fastutil.HashCommon;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a topic holds of one partition: hashes of rows by their keys. Holds no more keys than it
 * may: when there are more, it gives half of its share of all keys back, to be looked at in another
 * pass.
 */
final class SentRows {
  private final int limit;
  private final Consumer<Share> later;
  private final Map<ByteBuffer, byte[]> rows = new HashMap<>();
  private Share share;

  /**
   * A share of all keys, by their hash.
   *
   * @param index which one, from 0
   * @param count of how many; a power of two
   */
  record Share(int index, int count) {
    static final Share ALL = new Share(0, 1);

    boolean has(ByteBuffer key) {
      return (HashCommon.mix(key.hashCode()) & count - 1) == index;
    }
  }

  /**
   * @param share the keys that are wanted
   * @param limit how many keys to hold
   * @param later gets the shares that are given back
   */
  SentRows(Share share, int limit, Consumer<Share> later) {
    this.share = share;
    this.limit = limit;
    this.later = later;
  }

  /** The keys that are looked at, after all were put. */
  Share share() {
    return share;
  }

  /**
   * Takes note of a record, in the topic's order.
   *
   * @param row the hash of the row, or null for a tombstone
   */
  void put(byte[] key, byte[] row) {
    var buffer = ByteBuffer.wrap(key);
    if (!share.has(buffer)) {
      return;
    }
    if (row == null) {
      rows.remove(buffer);
      return;
    }
    rows.put(buffer, row);
    while (rows.size() > limit && share.count() < 1 << 30) {
      later.accept(new Share(share.index() + share.count(), 2 * share.count()));
      share = new Share(share.index(), 2 * share.count());
      rows.keySet().removeIf(other -> !share.has(other));
    }
  }

  /** How many keys are held. */
  int size() {
    return rows.size();
  }

  /** Whether the topic holds the row as it is; the key is not asked for again. */
  boolean takeIfSame(byte[] key, byte[] row) {
    return Arrays.equals(rows.remove(ByteBuffer.wrap(key)), row);
  }

  /** The keys that were not taken. */
  Set<ByteBuffer> left() {
    return rows.keySet();
  }
}
