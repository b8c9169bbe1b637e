package org.clickmill.formats.mapping;

import org.clickmill.formats.event.Swar;

/** Checks of UTF-8 bytes. */
final class Utf8Bytes {
  private Utf8Bytes() {}

  /** What is wrong with a text, which may not contain NUL either; null for a good one. */
  static String problem(byte[] bytes, int offset, int length) {
    if (arePlain(bytes, offset, length)) {
      return null;
    }
    if (containNul(bytes, offset, length)) {
      return "a NUL byte";
    }
    return areValid(bytes, offset, length) ? null : "not valid UTF-8";
  }

  /** Whether the bytes are ASCII without NUL, as most are; looked at eight at a time. */
  private static boolean arePlain(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      if (!Swar.arePlain(Swar.at(bytes, i))) {
        return false;
      }
    }
    for (; i < end; i++) {
      if (bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are well-formed UTF-8: nothing overlong, no surrogates, up to U+10FFFF. */
  static boolean areValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int i = offset;
    while (i < end) {
      int lead = bytes[i++];
      if (lead >= 0) {
        continue;
      }
      int more;
      int minimum;
      int codePoint;
      if ((lead & 0xe0) == 0xc0) {
        more = 1;
        minimum = 0x80;
        codePoint = lead & 0x1f;
      } else if ((lead & 0xf0) == 0xe0) {
        more = 2;
        minimum = 0x800;
        codePoint = lead & 0x0f;
      } else if ((lead & 0xf8) == 0xf0) {
        more = 3;
        minimum = 0x10000;
        codePoint = lead & 0x07;
      } else {
        return false;
      }
      if (end - i < more) {
        return false;
      }
      for (int k = 0; k < more; k++) {
        int next = bytes[i++];
        if ((next & 0xc0) != 0x80) {
          return false;
        }
        codePoint = (codePoint << 6) | (next & 0x3f);
      }
      if (codePoint < minimum
          || codePoint > Character.MAX_CODE_POINT
          || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
        return false;
      }
    }
    return true;
  }

  static boolean containNul(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether the byte stands within a character of several bytes, behind the first. */
  static boolean isContinuation(byte value) {
    return (value & 0xc0) == 0x80;
  }
}
