package org.clickmill.formats.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The different texts of a column, with ids in the order in which they came. */
final class BytesDictionary {
  /** What is returned where there is no more room. */
  static final int FULL = -1;

  private static final int INITIAL_ENTRIES = 48;

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
   * Two numbers for each text, side by side so that they are fetched from memory together: above
   * the hash, below the id and one, 0 where there is no text; and above where its bytes start,
   * below how many there are. A power of two, and at least a quarter is empty.
   */
  private long[] table = new long[INITIAL_ENTRIES / 3 * 8];

  /** A dictionary of a limited number of bytes in PLAIN. */
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

  /** The bytes of {@link #entries} that the first entries take. */
  int bytes(int count) {
    return offsets[count];
  }

  void clear() {
    Arrays.fill(table, 0);
    entries.clear();
    size = 0;
    last = 0;
  }

  /** The id of a text that begins somewhere in an array, a new one if need be, or {@link #FULL}. */
  int id(byte[] text, int start, int length) {
    if (size > 0 && length(last) == length && isEqual(offset(last), text, start, length)) {
      return last;
    }
    int id = find(text, start, length);
    last = Math.max(id, 0);
    return id;
  }

  private int find(byte[] text, int start, int length) {
    long hash = hash(text, start, length);
    int mask = table.length - 1;
    int slot = slot(hash) & mask;
    for (long entry; (entry = table[slot]) != 0; slot = slot + 2 & mask) {
      long place = table[slot + 1];
      if ((entry ^ hash) >>> Integer.SIZE == 0
          && (int) place == length
          && isEqual((int) (place >>> Integer.SIZE), text, start, length)) {
        return (int) entry - 1;
      }
    }
    return (long) entries.length() + Integer.BYTES + length > limitBytes
        ? FULL
        : add(text, start, length, hash);
  }

  /** Whether a text is what starts somewhere in the entries. */
  private boolean isEqual(int entry, byte[] text, int start, int length) {
    byte[] array = entries.array();
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      if ((long) LONGS.get(array, entry + i) != (long) LONGS.get(text, start + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (array[entry + i] != text[start + i]) {
        return false;
      }
    }
    return true;
  }

  private int add(byte[] text, int start, int length, long hash) {
    if (size == capacity()) {
      grow();
    }
    entries.putText(text, start, length);
    int id = size++;
    offsets[size] = entries.length();
    put(hash & UPPER_HALF | size, (long) offset(id) << Integer.SIZE | length);
    return id;
  }

  /** How many texts the table takes: three quarters of its slots, which are of two numbers. */
  private int capacity() {
    return table.length / 8 * 3;
  }

  private void grow() {
    long[] old = table;
    table = new long[2 * old.length];
    offsets = Arrays.copyOf(offsets, capacity() + 1);
    for (int slot = 0; slot < old.length; slot += 2) {
      if (old[slot] != 0) {
        put(old[slot], old[slot + 1]);
      }
    }
  }

  /** Puts an entry where there is a free slot for it. */
  private void put(long entry, long place) {
    int mask = table.length - 1;
    int slot = slot(entry) & mask;
    while (table[slot] != 0) {
      slot = slot + 2 & mask;
    }
    table[slot] = entry;
    table[slot + 1] = place;
  }

  private static int slot(long hash) {
    return (int) (hash >>> Integer.SIZE) << 1;
  }

  private static long hash(byte[] text, int start, int length) {
    long hash = length;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(text, start + i));
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = rest << Byte.SIZE | text[start + i] & 0xff;
    }
    return mixed(hash ^ rest);
  }

  /** All bits of the upper half depend on all of the lower, and the lower on the upper. */
  private static long mixed(long hash) {
    long product = (hash ^ hash >>> Integer.SIZE) * 0x9e3779b97f4a7c15L;
    return product ^ product >>> Integer.SIZE;
  }
}
