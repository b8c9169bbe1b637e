package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of objects that mostly have the same ones in the same order, though some may be left
 * out: the key that followed the last one before is tried first.
 */
final class JsonKeys {
  /** What {@link #read} returns for something that is no simple key. */
  static final int NONE = -1;

  /** Stands for the beginning of an object, and for keys that are not remembered. */
  static final int START = 0;

  private static final int LONGEST = 1000;
  private static final int MOST_UNMAPPED = 64;

  private byte[][] keys = new byte[1][];
  private int[][] fields = new int[1][];
  private int[] followers = new int[1];
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
    byte[] guess = keys[followers[previous]];
    if (guess != null) {
      int close = at.position + guess.length;
      if (close < at.end
          && at.bytes[close] == '"'
          && Arrays.equals(at.bytes, at.position, close, guess, 0, guess.length)) {
        at.position = close + 1;
        return followers[previous];
      }
    }
    int start = at.position;
    int close = at.closingQuote();
    if (close < 0 || close - start > LONGEST) {
      return NONE;
    }
    int found = find(at.bytes, start, close);
    followers[previous] = found;
    return found;
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
    followers = Arrays.copyOf(followers, index + 1);
    return index;
  }
}
