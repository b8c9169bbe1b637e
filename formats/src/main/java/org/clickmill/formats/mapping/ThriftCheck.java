package org.clickmill.formats.mapping;

import java.io.EOFException;
import java.io.IOException;

/**
 * Walks over a structure in Thrift's compact protocol, as the footer of a Parquet file is, and
 * checks that every list and text fits into the bytes that are there. The generated readers make
 * lists of whatever size is written.
 */
final class ThriftCheck {
  private static final int DEEPEST = 64;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int SHORT = 4;
  private static final int INT = 5;
  private static final int LONG = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int UUID = 13;

  private final byte[] bytes;
  private int position;

  private ThriftCheck(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Checks a structure.
   *
   * @throws IOException if it is none
   */
  static void checkStruct(byte[] bytes) throws IOException {
    new ThriftCheck(bytes).struct(0);
  }

  private void struct(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("the footer is nested too deeply");
    }
    while (true) {
      int header = next();
      if (header == 0) {
        return;
      }
      if (header >>> 4 == 0) {
        number();
      }
      int type = header & 0x0f;
      if (type != TRUE && type != FALSE) {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) throws IOException {
    switch (type) {
      case TRUE, FALSE, BYTE -> skip(1);
      case SHORT, INT, LONG -> number();
      case DOUBLE -> skip(Double.BYTES);
      case BINARY -> skip(number());
      case UUID -> skip(16);
      case LIST, SET -> list(depth);
      case MAP -> map(depth);
      case STRUCT -> struct(depth + 1);
      default -> throw new IOException("the footer is damaged: a value of type " + type);
    }
  }

  private void list(int depth) throws IOException {
    int header = next();
    long size = header >>> 4 == 15 ? number() : header >>> 4;
    checkSize(size);
    for (long i = 0; i < size; i++) {
      value(header & 0x0f, depth + 1);
    }
  }

  private void map(int depth) throws IOException {
    long size = number();
    checkSize(size);
    int types = size == 0 ? 0 : next();
    for (long i = 0; i < size; i++) {
      value(types >>> 4, depth + 1);
      value(types & 0x0f, depth + 1);
    }
  }

  /** Every item has at least one byte. */
  private void checkSize(long size) throws IOException {
    if (size < 0 || size > bytes.length - position) {
      throw new EOFException("the footer is damaged: a list of " + size + " items");
    }
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = next();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new IOException("the footer is damaged: a number of more than ten bytes");
  }

  private int next() throws IOException {
    skip(1);
    return bytes[position - 1] & 0xff;
  }

  private void skip(long count) throws IOException {
    if (count < 0 || count > bytes.length - position) {
      throw new EOFException("the footer is damaged: a value of " + count + " bytes");
    }
    position += (int) count;
  }
}
