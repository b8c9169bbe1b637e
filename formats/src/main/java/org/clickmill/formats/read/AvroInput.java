package org.clickmill.formats.read;

/** Values as Avro writes them, from bytes in memory. No length is believed before it is checked. */
final class AvroInput {
  /** The bytes end before the value does. */
  static final class EndException extends DamagedFileException {
    private static final long serialVersionUID = 1L;

    EndException() {
      super("a value that goes on beyond its end");
    }
  }

  /** Items without bytes (nulls, empty records) that the arrays of a block may have. */
  private static final int EMPTY_ITEMS = 1 << 20;

  private byte[] bytes = new byte[0];
  private int position;
  private int limit;
  private long itemsLeft;

  void reset(byte[] source, int start, int end) {
    bytes = source;
    position = start;
    limit = end;
    itemsLeft = (long) end - start + EMPTY_ITEMS;
  }

  byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  boolean isAtEnd() {
    return position == limit;
  }

  long nextLong() {
    if (position < limit && bytes[position] >= 0) {
      long value = bytes[position++];
      return (value >>> 1) ^ -(value & 1);
    }
    return nextLongOfBytes();
  }

  private long nextLongOfBytes() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (position >= limit) {
        throw new EndException();
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new DamagedFileException("a number longer than 64 bits");
  }

  int nextInt() {
    long value = nextLong();
    if (value != (int) value) {
      throw new DamagedFileException("%d where an int is due", value);
    }
    return (int) value;
  }

  /** The number of a branch of a union of so many. */
  int nextBranch(int branches) {
    long branch = nextLong();
    if (branch < 0 || branch >= branches) {
      throw new DamagedFileException("branch %d of a union of %d", branch, branches);
    }
    return (int) branch;
  }

  /**
   * A number of items of an array or map that follow; negative where their size in bytes comes
   * first. All items since {@link #reset} together may be no more than there are bytes, and some
   * without any.
   */
  long nextItems() {
    long items = nextLong();
    if (items > itemsLeft) {
      throw new DamagedFileException("%d items where at most %d can be", items, itemsLeft);
    }
    itemsLeft -= Math.max(0, items);
    return items;
  }

  /** The length of a text or of bytes that follow. */
  int nextLength() {
    long length = nextLong();
    if (length < 0) {
      throw new DamagedFileException("a text of %d bytes", length);
    }
    if (length > limit - position) {
      throw new EndException();
    }
    return (int) length;
  }

  /** Passes over some bytes and returns where they begin. */
  int nextBytes(int length) {
    if (length > limit - position) {
      throw new EndException();
    }
    int start = position;
    position += length;
    return start;
  }
}
