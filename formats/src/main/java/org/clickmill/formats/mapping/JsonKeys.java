package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of objects that mostly have the same ones in the same order, though some may be left
 * out: the keys that followed the last one before are tried first.
 */
final class JsonKeys {
  /** What {@link #read} returns for something that is no simple key. */
  static final int NONE = -1;

  /** Stands for the beginning of an object, and for keys that are not remembered. */
  static final int START = 0;

  /** How many keys that came behind a key are remembered, since the next may have been left out. */
  private static final int FOLLOWERS = 3;

  private static final int LONGEST = 1000;
  private static final int MOST_UNMAPPED = 64;

  private byte[][] keys = new byte[1][];
  private int[][] fields = new int[1][];
  private int[] followers = new int[FOLLOWERS];
  private int unmapped;

  /** Adds a key and the numbers of the fields that take its value, null for none. */
  void add(String key, int[] takers) {
    add(key.getBytes(StandardCharsets.UTF_8), takers);
  }

  /** The numbers of the fields that take the value of a key, or null. */
  int[] takers(int key) {
    return fields[key];
  }

  /**
   * Reads a key behind its first quote and goes behind its last.
   *
   * @param previous the key before it, or {@link #START}
   */
  int read(JsonCursor at, int previous) {
    int first = FOLLOWERS * previous;
    for (int i = first; i < first + FOLLOWERS; i++) {
      if (passes(at, followers[i])) {
        return followers[i];
      }
    }
    int start = at.position;
    int close = at.closingQuote();
    if (close < 0 || close - start > LONGEST) {
      return NONE;
    }
    int found = find(at.bytes, start, close);
    System.arraycopy(followers, first, followers, first + 1, FOLLOWERS - 1);
    followers[first] = found;
    return found;
  }

  /** Goes behind a key and its last quote if it is the next. */
  private boolean passes(JsonCursor at, int guess) {
    byte[] key = keys[guess];
    if (key == null) {
      return false;
    }
    int close = at.position + key.length;
    boolean isNext =
        close < at.end
            && at.bytes[close] == '"'
            && Arrays.equals(at.bytes, at.position, close, key, 0, key.length);
    if (isNext) {
      at.position = close + 1;
    }
    return isNext;
  }

  private int find(byte[] bytes, int start, int end) {
    for (int i = 1; i < keys.length; i++) {
      if (keys[i].length == end - start
          && Arrays.equals(bytes, start, end, keys[i], 0, end - start)) {
        return i;
      }
    }
    if (unmapped == MOST_UNMAPPED) {
      return START;
    }
    unmapped++;
    return add(Arrays.copyOfRange(bytes, start, end), null);
  }

  private int add(byte[] key, int[] takers) {
    int index = keys.length;
    keys = Arrays.copyOf(keys, index + 1);
    keys[index] = key;
    fields = Arrays.copyOf(fields, index + 1);
    fields[index] = takers;
    followers = Arrays.copyOf(followers, FOLLOWERS * (index + 1));
    return index;
  }
}
