package org.clickmill.formats.parquet;

import java.nio.charset.StandardCharsets;
import org.clickmill.formats.failure.DamagedFileException;

/**
 * Reads Thrift's compact protocol, in which Parquet writes its footer and page headers, from bytes
 * in memory. No size found in them is believed before it is compared with what is left.
 */
final class ThriftCompactReader {
  static final int STOP = 0;
  static final int TRUE = 1;
  static final int FALSE = 2;
  static final int LIST = 9;
  static final int STRUCT = 12;

  private static final int BYTE = 3;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int UUID = 13;
  private static final int DEEPEST = 64;

  private final byte[] bytes;
  private final int limit;
  private int position;
  private int field;
  private int elementType;

  ThriftCompactReader(byte[] bytes, int position, int limit) {
    this.bytes = bytes;
    this.position = position;
    this.limit = limit;
  }

  int position() {
    return position;
  }

  /** Begins a struct; the result is to be given back to {@link #endStruct}. */
  int beginStruct() {
    int outer = field;
    field = 0;
    return outer;
  }

  void endStruct(int outer) {
    field = outer;
  }

  /** The type of the next field, or {@link #STOP}; its number is {@link #field}. */
  int nextField() {
    int header = nextByte();
    int type = header & 0x0f;
    if (type == STOP) {
      return STOP;
    }
    int delta = (header & 0xf0) >>> 4;
    field = delta == 0 ? nextInt() : field + delta;
    return type;
  }

  int field() {
    return field;
  }

  /** An i16 or i32. */
  int nextInt() {
    long value = nextVarint();
    return (int) (value >>> 1) ^ -(int) (value & 1);
  }

  /** Begins a list and returns its size; the elements' type is {@link #elementType}. */
  long beginList() {
    int header = nextByte();
    elementType = header & 0x0f;
    long size = (header & 0xf0L) >>> 4;
    if (size == 15) {
      size = nextVarint();
    }
    checkSize(size);
    return size;
  }

  int elementType() {
    return elementType;
  }

  String nextString() {
    long length = nextVarint();
    int start = position;
    advance(length);
    return new String(bytes, start, (int) length, StandardCharsets.UTF_8);
  }

  /** Skips a value of a type, however deep. */
  void skip(int type) {
    skip(type, 0);
  }

  private void skip(int type, int depth) {
    if (depth > DEEPEST) {
      throw new DamagedFileException("metadata nested deeper than %d", DEEPEST);
    }
    switch (type) {
      case TRUE, FALSE -> {}
      case BYTE -> advance(1);
      case 4, 5, I64 -> nextVarint();
      case DOUBLE -> advance(Double.BYTES);
      case UUID -> advance(16);
      case BINARY -> advance(nextVarint());
      case LIST, SET -> skipList(depth);
      case MAP -> skipMap(depth);
      case STRUCT -> skipStruct(depth);
      default -> throw new DamagedFileException("metadata of unknown type %d", type);
    }
  }

  private void skipList(int depth) {
    long size = beginList();
    int type = elementType;
    for (long i = 0; i < size; i++) {
      skipElement(type, depth);
    }
  }

  private void skipMap(int depth) {
    long size = nextVarint();
    checkSize(size);
    if (size == 0) {
      return;
    }
    int types = nextByte();
    for (long i = 0; i < size; i++) {
      skipElement((types & 0xf0) >>> 4, depth);
      skipElement(types & 0x0f, depth);
    }
  }

  /** Skips an element of a list. */
  void skipElement(int type) {
    skipElement(type, 0);
  }

  /** Booleans have a byte of their own in a list, but none in a struct. */
  private void skipElement(int type, int depth) {
    skip(type == TRUE || type == FALSE ? BYTE : type, depth + 1);
  }

  private void skipStruct(int depth) {
    int outer = beginStruct();
    for (int type = nextField(); type != STOP; type = nextField()) {
      skip(type, depth + 1);
    }
    endStruct(outer);
  }

  private long nextVarint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = nextByte();
      value |= (long) (next & 0x7f) << shift;
      if ((next & 0x80) == 0) {
        return value;
      }
    }
    throw new DamagedFileException("metadata with a number longer than 64 bits");
  }

  private int nextByte() {
    checkSize(1);
    return bytes[position++];
  }

  private void advance(long size) {
    checkSize(size);
    position += (int) size;
  }

  private void checkSize(long size) {
    if (size < 0 || size > limit - position) {
      throw new DamagedFileException("metadata that goes on beyond its end");
    }
  }
}
