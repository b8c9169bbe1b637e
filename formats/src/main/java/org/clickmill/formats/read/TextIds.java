package org.clickmill.formats.read;

import java.util.Arrays;

/** Gives equal texts of a batch the same id. */
final class TextIds {
  private static final int EMPTY = -1;

  private final TextDecoder texts;
  private int[] table = new int[1 << 10];
  private int[] hashes = new int[1 << 10];
  private int size;
  private int last;

  TextIds(TextDecoder texts) {
    this.texts = texts;
    Arrays.fill(table, EMPTY);
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(table, EMPTY);
      size = 0;
      last = 0;
    }
  }

  int id(byte[] bytes, int start, int length) {
    // Many columns repeat the value of the row before.
    if (size > 0 && texts.isEqual(last, bytes, start, length)) {
      return last;
    }
    last = lookUp(bytes, start, length);
    return last;
  }

  private int lookUp(byte[] bytes, int start, int length) {
    int hash = length;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    hash *= 0x9e3779b9;
    hash ^= hash >>> 15;
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != EMPTY) {
      int id = table[slot];
      if (hashes[id] == hash && texts.isEqual(id, bytes, start, length)) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    int id = texts.append(bytes, start, length);
    table[slot] = id;
    if (id >= hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * hashes.length);
    }
    hashes[id] = hash;
    size++;
    if (size > table.length / 2) {
      grow();
    }
    return id;
  }

  private void grow() {
    table = new int[2 * table.length];
    Arrays.fill(table, EMPTY);
    int mask = table.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = hashes[id] & mask;
      while (table[slot] != EMPTY) {
        slot = (slot + 1) & mask;
      }
      table[slot] = id;
    }
  }
}
