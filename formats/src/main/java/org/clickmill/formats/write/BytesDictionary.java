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

  private static final long UPPER_HALF = 0xffff_ffff_0000_0000L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int limitBytes;
  private final EncodedBytes entries = new EncodedBytes(16 * INITIAL_ENTRIES);
  private int[] offsets = new int[INITIAL_ENTRIES + 1];
  private int size;

  /** The id that was found last: in sorted rows the same text often follows. */
  private int last;

  /**
   * Above the hash of a text, below its id and one; 0 where there is none. At least half empty, and
   * a power of two.
   */
  private long[] table = new long[2 * INITIAL_ENTRIES];

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
    last = 0;
  }

  /** The id of the text at the beginning of an array, a new one if need be, or {@link #FULL}. */
  int id(byte[] text, int length) {
    if (size > 0 && length(last) == length && isEqual(last, text, length)) {
      return last;
    }
    int id = find(text, length);
    last = Math.max(id, 0);
    return id;
  }

  private int find(byte[] text, int length) {
    long hash = hash(text, length);
    int mask = table.length - 1;
    int slot = slot(hash) & mask;
    long entry = table[slot];
    while (entry != 0) {
      int id = (int) entry - 1;
      if ((entry ^ hash) >>> Integer.SIZE == 0
          && length(id) == length
          && isEqual(id, text, length)) {
        return id;
      }
      slot = slot + 1 & mask;
      entry = table[slot];
    }
    return (long) entries.length() + Integer.BYTES + length > limitBytes
        ? FULL
        : add(text, length, hash);
  }

  private boolean isEqual(int id, byte[] text, int length) {
    byte[] array = entries.array();
    int start = offset(id);
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONGS.get(array, start + i) != (long) LONGS.get(text, i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (array[start + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private int add(byte[] text, int length, long hash) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    entries.putText(text, 0, length);
    int id = size++;
    offsets[size] = entries.length();
    put(hash, size);
    return id;
  }

  private void grow() {
    offsets = Arrays.copyOf(offsets, table.length + 1);
    long[] old = table;
    table = new long[2 * old.length];
    for (long entry : old) {
      if (entry != 0) {
        put(entry, (int) entry);
      }
    }
  }

  /** Puts the upper half of a hash, and a number, where there is a free slot for it. */
  private void put(long hash, int number) {
    int mask = table.length - 1;
    int slot = slot(hash) & mask;
    while (table[slot] != 0) {
      slot = slot + 1 & mask;
    }
    table[slot] = hash & UPPER_HALF | number;
  }

  private static int slot(long hash) {
    return (int) (hash >>> Integer.SIZE);
  }

  private static long hash(byte[] text, int length) {
    long hash = length;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(text, i));
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << Byte.SIZE | text[i] & 0xff;
    }
    return mixed(hash ^ rest);
  }

  /** All bits of the upper half depend on all of the lower, and the lower on the upper. */
  private static long mixed(long hash) {
    long product = (hash ^ hash >>> Integer.SIZE) * 0x9e3779b97f4a7c15L;
    return product ^ product >>> Integer.SIZE;
  }
}
