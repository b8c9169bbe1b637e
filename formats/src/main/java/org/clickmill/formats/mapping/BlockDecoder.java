package org.clickmill.formats.mapping;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Decodes Avro's binary encoding from an array that holds a whole block. Every length is checked
 * against the bytes that are there before anything of that length is made, so that damaged data
 * cannot ask for memory.
 */
final class BlockDecoder extends Decoder {
  private final int emptyItems;
  private byte[] bytes;
  private int position;
  private int end;
  private long itemsLeft;

  /**
   * @param emptyItems items without bytes (nulls, empty records) that the arrays of a block may
   *     have, beyond one a byte
   */
  BlockDecoder(int emptyItems) {
    this.emptyItems = emptyItems;
  }

  void reset(byte[] source, int offset, int length) {
    bytes = source;
    position = offset;
    end = offset + length;
    itemsLeft = (long) length + emptyItems;
  }

  boolean isAtEnd() {
    return position == end;
  }

  @Override
  public void readNull() {
    // Has no bytes.
  }

  @Override
  public boolean readBoolean() throws IOException {
    return bytes[take(1)] != 0;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("an int out of range");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = bytes[take(1)];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number of more than ten bytes");
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    int length = length();
    var text = old == null ? new Utf8() : old;
    text.setByteLength(length);
    System.arraycopy(bytes, take(length), text.getBytes(), 0, length);
    return text;
  }

  @Override
  public String readString() throws IOException {
    return readString(null).toString();
  }

  @Override
  public void skipString() throws IOException {
    take(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    int length = length();
    var copy = new byte[length];
    System.arraycopy(bytes, take(length), copy, 0, length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() throws IOException {
    take(length());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) throws IOException {
    System.arraycopy(bytes, take(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    take(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    long items = readLong();
    if (items < 0) {
      items = -items;
      readLong();
    }
    return counted(items);
  }

  @Override
  public long arrayNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipArray() throws IOException {
    long items = readLong();
    while (items < 0) {
      take(length());
      items = readLong();
    }
    return counted(items);
  }

  @Override
  public long readMapStart() throws IOException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return skipArray();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  /** All items of a block together: many small arrays cannot ask for more than one large one. */
  private long counted(long items) throws IOException {
    if (items < 0 || items > itemsLeft) {
      throw new IOException("more items than there are bytes");
    }
    itemsLeft -= items;
    return items;
  }

  private long littleEndian(int size) throws IOException {
    int at = take(size);
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xff);
    }
    return value;
  }

  private int length() throws IOException {
    long length = readLong();
    if (length < 0 || length > end - position) {
      throw new EOFException("a value of " + length + " bytes where " + (end - position) + " are");
    }
    return (int) length;
  }

  private int take(int count) throws IOException {
    if (count < 0 || count > end - position) {
      throw new EOFException("the data ends within a record");
    }
    position += count;
    return position - count;
  }
}
