package org.clickmill.jobs.kernel;

import java.util.Arrays;
import org.clickmill.formats.table.StringColumn;

/**
 * Gives texts dense ordinals in the order in which they are first seen, so that aggregates can lie
 * in arrays. Dictionary ids hold within one batch only; ordinals hold until {@link #clear()}.
 */
public final class TextDictionary {
  /**
   * What an id that has not been looked up yet stands for in the arrays of {@link #translation}.
   */
  public static final int UNKNOWN = -1;

  private static final int INITIAL_BYTES = 1 << 14;
  private static final int MINIMUM_SLOTS = 1024;

  /** With more texts, memory is given back when they are forgotten. */
  private static final int KEPT_TEXTS = 1 << 14;

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int[] offsets = new int[MINIMUM_SLOTS];
  private int[] slots = new int[MINIMUM_SLOTS];
  private int size;

  public TextDictionary() {
    Arrays.fill(slots, UNKNOWN);
  }

  /** Number of ordinals given. */
  public int size() {
    return size;
  }

  /** The bytes that all texts lie in. */
  public byte[] bytes() {
    return bytes;
  }

  public int offset(int ordinal) {
    return offsets[ordinal];
  }

  public int length(int ordinal) {
    return offsets[ordinal + 1] - offsets[ordinal];
  }

  /** An array for a column's ids to be translated through, every id {@link #UNKNOWN} at first. */
  public static int[] translation(StringColumn column, int[] reuse) {
    var translation =
        reuse.length < column.dictionarySize() ? new int[column.dictionarySize()] : reuse;
    Arrays.fill(translation, 0, column.dictionarySize(), UNKNOWN);
    return translation;
  }

  /** The ordinal of a column's dictionary id. */
  public int ordinal(StringColumn column, int id) {
    return ordinal(column.bytes(), column.offset(id), column.length(id));
  }

  /** The ordinal of a text, a new one if it has none yet. */
  public int ordinal(byte[] source, int offset, int length) {
    int slot = slot(source, offset, length);
    return slots[slot] == UNKNOWN ? add(source, offset, length, slot) : slots[slot];
  }

  /** Whether a text has an ordinal. Safe for use by several threads while no text is added. */
  public boolean contains(byte[] source, int offset, int length) {
    return slots[slot(source, offset, length)] != UNKNOWN;
  }

  /** Where the ordinal of a text stands, or is to be put. */
  private int slot(byte[] source, int offset, int length) {
    int mask = slots.length - 1;
    int slot = hash(source, offset, length) & mask;
    while (slots[slot] != UNKNOWN) {
      int ordinal = slots[slot];
      int start = offsets[ordinal];
      if (Arrays.equals(bytes, start, offsets[ordinal + 1], source, offset, offset + length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Gives all texts of a column the next ordinals, in the order of their ids, without a look at
   * what is there already; {@link #ordinal} does not find them.
   *
   * @return the ordinal of id 0
   */
  public int append(StringColumn column) {
    int added = column.dictionarySize();
    int start = size == 0 ? 0 : offsets[size];
    int length = added == 0 ? 0 : column.offset(added) - column.offset(0);
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(start + length, 2 * bytes.length));
    }
    if (size + added + 1 > offsets.length) {
      offsets = Arrays.copyOf(offsets, Math.max(size + added + 1, 2 * offsets.length));
    }
    int shift = start;
    if (added > 0) {
      System.arraycopy(column.bytes(), column.offset(0), bytes, start, length);
      shift -= column.offset(0);
    }
    for (int id = 0; id <= added; id++) {
      offsets[size + id] = column.offset(id) + shift;
    }
    size += added;
    return size - added;
  }

  /** Estimated bytes of memory in use. */
  public long memoryBytes() {
    return bytes.length + 4L * (offsets.length + slots.length);
  }

  /** Forgets all texts; the arrays of a large dictionary are given back. */
  public void clear() {
    if (size > KEPT_TEXTS) {
      bytes = new byte[INITIAL_BYTES];
      offsets = new int[MINIMUM_SLOTS];
      slots = new int[MINIMUM_SLOTS];
    }
    if (size > 0) {
      size = 0;
      Arrays.fill(slots, UNKNOWN);
    }
  }

  private int add(byte[] source, int offset, int length, int slot) {
    int start = size == 0 ? 0 : offsets[size];
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(start + length, 2 * bytes.length));
    }
    System.arraycopy(source, offset, bytes, start, length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[size] = start;
    offsets[size + 1] = start + length;
    slots[slot] = size;
    if (++size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, UNKNOWN);
    int mask = slots.length - 1;
    for (int ordinal = 0; ordinal < size; ordinal++) {
      int slot = hash(bytes, offsets[ordinal], offsets[ordinal + 1] - offsets[ordinal]) & mask;
      while (slots[slot] != UNKNOWN) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = ordinal;
    }
  }

  private static int hash(byte[] source, int offset, int length) {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + source[i];
    }
    // Spreads the high bits, which 31 fills last, over the ones that the mask keeps.
    hash *= 0x9e3779b9;
    return hash ^ (hash >>> 15);
  }
}
