package org.clickmill.jobs.groupby;

import org.clickmill.formats.table.Row;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * Strings within a key, so that keys are in the order of the strings' bytes: two zeros end one, and
 * a zero within it is followed by a one.
 */
final class OrderedText {
  private static final int ZERO = 0;
  private static final int END = 0;
  private static final int WITHIN = 1;

  private OrderedText() {}

  static void put(byte[] bytes, int offset, int length, ByteWriter key) {
    int begin = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == ZERO) {
        key.putBytes(bytes, begin, i + 1 - begin).putByte(WITHIN);
        begin = i + 1;
      }
    }
    key.putBytes(bytes, begin, offset + length - begin).putByte(ZERO).putByte(END);
  }

  /** Sets a column to the string that comes next. */
  static void set(Row row, int ordinal, ByteReader key) {
    int begin = key.position();
    int zeros = skip(key);
    int length = key.position() - begin - 2;
    if (zeros == 0) {
      row.setText(ordinal, key.bytes(), begin, length);
      return;
    }
    var text = new byte[length - zeros];
    int size = 0;
    for (int i = begin; i < begin + length; i++) {
      text[size++] = key.bytes()[i];
      i += key.bytes()[i] == ZERO ? 1 : 0;
    }
    row.setText(ordinal, text, 0, size);
  }

  /** Passes the string that comes next, and returns how many zeros are within it. */
  static int skip(ByteReader key) {
    int zeros = 0;
    while (true) {
      if (key.readByte() == ZERO) {
        if (key.readByte() == END) {
          return zeros;
        }
        zeros++;
      }
    }
  }
}
