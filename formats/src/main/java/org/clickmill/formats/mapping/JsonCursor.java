package org.clickmill.formats.mapping;

import org.clickmill.formats.event.Swar;

/** A place in a text of JSON, in UTF-8, and the steps from there. */
final class JsonCursor {
  byte[] bytes;
  int position;
  int end;

  void reset(byte[] text, int from, int to) {
    bytes = text;
    position = from;
    end = to;
  }

  /** Goes behind the next quote and returns its place; -1 if something else comes first. */
  int closingQuote() {
    int i = position;
    while (i <= end - Long.BYTES) {
      long eight = Swar.at(bytes, i);
      long found = Swar.equal(eight, '"') | Swar.equal(eight, '\\') | Swar.below(eight, ' ');
      if (found != 0) {
        i += Swar.first(found);
        break;
      }
      i += Long.BYTES;
    }
    while (i < end) {
      byte b = bytes[i];
      if (b == '"') {
        position = i + 1;
        return i;
      }
      if (b == '\\' || (b >= 0 && b < ' ')) {
        return -1;
      }
      i++;
    }
    return -1;
  }

  void skipDigits() {
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
  }

  /** Whether a number or word ends here. */
  boolean isAtBreak() {
    if (position == end) {
      return false;
    }
    byte b = bytes[position];
    return b == ',' || b == '}' || isSpace(b);
  }

  /** Goes behind the character if it is the next but for white space. */
  boolean takes(char wanted) {
    skipSpace();
    if (position < end && bytes[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  void skipSpace() {
    while (position < end && isSpace(bytes[position])) {
      position++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
