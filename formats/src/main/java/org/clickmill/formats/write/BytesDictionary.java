package org.clickmill.formats.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The different texts of a column, with ids in the order in which they came. */
final class BytesDictionary {
  /** What is returned where there is no more room. */
  static final int FULL = -1;

  private static final int INITIAL_ENTRIES = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int limitBytes;
  private final EncodedBytes entries = new EncodedBytes(16 * INITIAL_ENTRIES);
  private int[] offsets = new int[INITIAL_ENTRIES + 1];
  private int[] hashes = new int[INITIAL_ENTRIES];
  private int size;

  /** Ids and one, 0 where there is none; at least half empty, and a power of two. */
  private int[] table = new int[2 * INITIAL_ENTRIES];

  /** A dictionary of at most so many bytes in PLAIN. */
  BytesDictionary(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  int size() {
    return size;
  }

  /** The entries in the order of their ids, in PLAIN. */
  EncodedBytes entries() {
    return entries;
  }

  /** Where the text of an entry starts in {@link #entries}. */
  int offset(int id) {
    return offsets[id] + Integer.BYTES;
  }

  int length(int id) {
    return offsets[id + 1] - offsets[id] - Integer.BYTES;
  }

  /** The bytes of {@link #entries} that the first so many take. */
  int bytes(int count) {
    return offsets[count];
  }

  void clear() {
    Arrays.fill(table, 0);
    entries.clear();
    size = 0;
  }

  /** The id of the text at the beginning of an array, a new one if need be, or {@link #FULL}. */
  int id(byte[] text, int length) {
    int hash = hash(text, length);
    int mask = table.length - 1;
    int slot = hash & mask;
    int entry = table[slot];
    while (entry != 0) {
      int id = entry - 1;
      if (hashes[id] == hash && isEqual(id, text, length)) {
        return id;
      }
      slot = slot + 1 & mask;
      entry = table[slot];
    }
    return (long) entries.length() + Integer.BYTES + length > limitBytes
        ? FULL
        : add(text, length, hash, slot);
  }

  private boolean isEqual(int id, byte[] text, int length) {
    int start = offsets[id] + Integer.BYTES;
    return Arrays.equals(entries.array(), start, offsets[id + 1], text, 0, length);
  }

  private int add(byte[] text, int length, int hash, int freeSlot) {
    int slot = freeSlot;
    if (size == hashes.length) {
      grow();
      slot = freeSlot(hash);
    }
    entries.putText(text, 0, length);
    offsets[size + 1] = entries.length();
    hashes[size] = hash;
    table[slot] = size + 1;
    return size++;
  }

  private void grow() {
    offsets = Arrays.copyOf(offsets, 2 * size + 1);
    hashes = Arrays.copyOf(hashes, 2 * size);
    table = new int[4 * size];
    for (int id = 0; id < size; id++) {
      table[freeSlot(hashes[id])] = id + 1;
    }
  }

  private int freeSlot(int hash) {
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static int hash(byte[] text, int length) {
    long hash = length;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(text, i));
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << Byte.SIZE | text[i] & 0xff;
    }
    return (int) mixed(hash ^ rest);
  }

  private static long mixed(long hash) {
    long product = hash * 0x9e3779b97f4a7c15L;
    return product ^ product >>> 32;
  }
}
