package org.clickmill.formats.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.LittleEndian;

/**
 * Decodes values as Avro writes them, from bytes in memory that hold a whole block or message. No
 * length is believed before it has been compared with the bytes that are left. What is damaged ends
 * as a {@link DamagedFileException}.
 *
 * <p>The methods named {@code next} are for readers of columns, those named {@code read} and {@code
 * skip} for Avro's own readers of records.
 */
public final class AvroDecoder extends Decoder {
  /** The bytes end before the value does. */
  static final class EndException extends DamagedFileException {
    private static final long serialVersionUID = 1L;

    EndException(long size, int left) {
      super("a value of %d bytes where %d are left", size, left);
    }
  }

  private final int emptyItems;
  private byte[] bytes = new byte[0];
  private int position;
  private int limit;
  private long itemsLeft;

  /**
   * @param emptyItems items without bytes (nulls, empty records) that the arrays of a block or
   *     message may have, beyond one for each of its bytes
   */
  public AvroDecoder(int emptyItems) {
    this.emptyItems = emptyItems;
  }

  /** Goes to the first value in a range of bytes; the end is exclusive. */
  public void reset(byte[] source, int start, int end) {
    bytes = source;
    position = start;
    limit = end;
    itemsLeft = (long) end - start + emptyItems;
  }

  public byte[] bytes() {
    return bytes;
  }

  int position() {
    return position;
  }

  void skipToEnd() {
    position = limit;
  }

  public boolean isAtEnd() {
    return position == limit;
  }

  public long nextLong() {
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
        throw new EndException(1, 0);
      }
      byte next = bytes[position++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new DamagedFileException("a number longer than 64 bits");
  }

  public int nextInt() {
    long value = nextLong();
    if (value != (int) value) {
      throw new DamagedFileException("%d where an int is due", value);
    }
    return (int) value;
  }

  /** The number of a branch of a union. */
  public int nextBranch(int branches) {
    long branch = nextLong();
    if (branch < 0 || branch >= branches) {
      throw new DamagedFileException("branch %d of a union of %d", branch, branches);
    }
    return (int) branch;
  }

  /**
   * A number of items of an array or map that follow; negative where their size in bytes comes
   * first. All items since {@link #reset} together may be no more than there are bytes, and some
   * without any: many small arrays cannot ask for more than one large one.
   */
  public long nextItems() {
    long items = nextLong();
    count(Math.max(0, items));
    return items;
  }

  /** The length of a string or of bytes that follow. */
  public int nextLength() {
    long length = nextLong();
    if (length < 0 || length > limit - position) {
      throw new EndException(length, limit - position);
    }
    return (int) length;
  }

  /** Skips some bytes and returns where they begin. */
  public int nextBytes(int length) {
    if (length > limit - position) {
      throw new EndException(length, limit - position);
    }
    int start = position;
    position += length;
    return start;
  }

  @Override
  public void readNull() {
    // Has no bytes.
  }

  @Override
  public boolean readBoolean() {
    return bytes[nextBytes(1)] != 0;
  }

  @Override
  public int readInt() {
    return nextInt();
  }

  @Override
  public long readLong() {
    return nextLong();
  }

  @Override
  public float readFloat() {
    return Float.intBitsToFloat(LittleEndian.intAt(bytes, nextBytes(Float.BYTES)));
  }

  @Override
  public double readDouble() {
    return Double.longBitsToDouble(LittleEndian.longAt(bytes, nextBytes(Double.BYTES)));
  }

  @Override
  public Utf8 readString(Utf8 old) {
    int length = nextLength();
    var string = old == null ? new Utf8() : old;
    string.setByteLength(length);
    System.arraycopy(bytes, nextBytes(length), string.getBytes(), 0, length);
    return string;
  }

  @Override
  public String readString() {
    return readString(null).toString();
  }

  @Override
  public void skipString() {
    nextBytes(nextLength());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) {
    int length = nextLength();
    var copy = new byte[length];
    System.arraycopy(bytes, nextBytes(length), copy, 0, length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() {
    nextBytes(nextLength());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    System.arraycopy(bytes, nextBytes(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) {
    nextBytes(length);
  }

  @Override
  public int readEnum() {
    return nextInt();
  }

  @Override
  public int readIndex() {
    return nextInt();
  }

  @Override
  public long readArrayStart() {
    long items = nextLong();
    if (items < 0) {
      items = -items;
      nextLong();
    }
    count(items);
    return items;
  }

  @Override
  public long arrayNext() {
    return readArrayStart();
  }

  @Override
  public long skipArray() throws IOException {
    for (long items = nextItems(); ; items = nextItems()) {
      if (items >= 0) {
        return items;
      }
      nextBytes(nextLength());
    }
  }

  @Override
  public long readMapStart() {
    return readArrayStart();
  }

  @Override
  public long mapNext() {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return skipArray();
  }

  private void count(long items) {
    if (items < 0 || items > itemsLeft) {
      throw new DamagedFileException("%d items where at most %d can be", items, itemsLeft);
    }
    itemsLeft -= items;
  }
}
