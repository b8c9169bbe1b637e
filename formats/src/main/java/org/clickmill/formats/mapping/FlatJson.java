package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the common JSON object, without a general parser and in a third of its time: single values
 * only, texts without escapes, numbers of ordinary length. Whatever else it meets it leaves to the
 * parser, so it never says that something is wrong with the text. What comes out is the same.
 */
final class FlatJson {
  private static final int LONGEST_NUMBER = 100;
  private static final int LONGEST_NAME = 1000;

  /** Digits of a number that fits into a long for certain. */
  private static final int LONG_DIGITS = 18;

  private static final int NOT_MAPPED = -1;

  /** After many objects of another kind in a row, only one in so many is tried. */
  private static final int LONGEST_PAUSE = 255;

  private final List<byte[]> names = new ArrayList<>();
  private final List<int[]> fields = new ArrayList<>();
  private byte[][] expectedNames = new byte[32][];
  private int[] expected = new int[32];
  private boolean[] seen;
  private byte[] bytes;
  private int position;
  private int end;
  private int pause;
  private int pauseLeft;

  /** Adds a key and the numbers of the fields that take its value. */
  void add(String name, int[] numbers) {
    names.add(name.getBytes(StandardCharsets.UTF_8));
    fields.add(numbers);
  }

  /**
   * Calls the setters of the keys that are there and marks their fields as seen; or, for an object
   * that is not so simple, returns false, having called some or none of them.
   *
   * @param text valid UTF-8
   */
  boolean fill(EventAssembler target, byte[] text, int from, int to, boolean[] marks)
      throws BadValueException {
    if (pauseLeft > 0) {
      pauseLeft--;
      return false;
    }
    bytes = text;
    position = from;
    end = to;
    seen = marks;
    boolean isFlat = object(target);
    pause = isFlat ? 0 : Math.min(2 * pause + 1, LONGEST_PAUSE);
    pauseLeft = pause;
    return isFlat;
  }

  private boolean object(EventAssembler target) throws BadValueException {
    if (!takes('{')) {
      return false;
    }
    for (int number = 0; ; number++) {
      if (!takes('"')) {
        return false;
      }
      int name = name(number);
      if (position == end || !takes(':')) {
        return false;
      }
      skipSpace();
      if (!value(target, name == NOT_MAPPED ? null : fields.get(name))) {
        return false;
      }
      if (takes('}')) {
        skipSpace();
        return position == end;
      }
      if (!takes(',')) {
        return false;
      }
    }
  }

  /** Reads a key behind its first quote; objects mostly have the same keys in the same order. */
  private int name(int number) {
    if (number < expectedNames.length && expectedNames[number] != null) {
      byte[] guess = expectedNames[number];
      int close = position + guess.length;
      if (close < end
          && bytes[close] == '"'
          && Arrays.equals(bytes, position, close, guess, 0, guess.length)) {
        position = close + 1;
        return expected[number];
      }
    }
    int start = position;
    int close = closingQuote();
    if (close < 0 || close - start > LONGEST_NAME) {
      position = end; // Nothing that can be read follows.
      return NOT_MAPPED;
    }
    int found = NOT_MAPPED;
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      if (Arrays.equals(bytes, start, close, name, 0, name.length)) {
        found = i;
      }
    }
    if (number < expected.length) {
      expectedNames[number] = Arrays.copyOfRange(bytes, start, close);
      expected[number] = found;
    }
    return found;
  }

  private boolean value(EventAssembler target, int[] takers) throws BadValueException {
    if (position == end || (takers != null && seen[takers[0]])) {
      return false;
    }
    return switch (bytes[position]) {
      case '"' -> text(target, takers);
      case 't' -> word("true", target, takers);
      case 'f' -> word("false", target, takers);
      case 'n' -> word("null", target, takers);
      default -> number(target, takers);
    };
  }

  private boolean text(EventAssembler target, int[] takers) throws BadValueException {
    position++;
    int start = position;
    int close = closingQuote();
    if (close < 0) {
      return false;
    }
    if (takers != null) {
      for (int field : takers) {
        seen[field] = true;
        target.setter(field).text(bytes, start, close - start);
      }
    }
    return true;
  }

  private boolean word(String word, EventAssembler target, int[] takers) throws BadValueException {
    int start = position;
    if (end - start <= word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    position += word.length();
    if (!isAtBreak() || takers == null) {
      return isAtBreak();
    }
    for (int field : takers) {
      seen[field] = true;
      var setter = target.setter(field);
      switch (word.charAt(0)) {
        case 't' -> setter.truth(true);
        case 'f' -> setter.truth(false);
        default -> setter.nothing();
      }
    }
    return true;
  }

  private boolean number(EventAssembler target, int[] takers) throws BadValueException {
    int start = position;
    if (bytes[position] == '-') {
      position++;
    }
    int digits = position;
    skipDigits();
    boolean isWhole = true;
    if (position == digits || (position > digits + 1 && bytes[digits] == '0')) {
      return false;
    }
    if (position < end && bytes[position] == '.') {
      isWhole = false;
      position++;
      int decimals = position;
      skipDigits();
      if (position == decimals) {
        return false;
      }
    }
    // An exponent is left to the parser: there is no break in front of it.
    if (!isAtBreak() || position - start > LONGEST_NUMBER) {
      return false;
    }
    if (takers != null) {
      for (int field : takers) {
        seen[field] = true;
        number(target.setter(field), isWhole, start);
      }
    }
    return true;
  }

  private void number(FieldSetter setter, boolean isWhole, int start) throws BadValueException {
    if (isWhole && setter instanceof TimeSetter && position - start <= LONG_DIGITS) {
      setter.wholeNumber(whole(start));
    } else {
      setter.text(bytes, start, position - start);
    }
  }

  private long whole(int start) {
    boolean isNegative = bytes[start] == '-';
    long value = 0;
    for (int i = isNegative ? start + 1 : start; i < position; i++) {
      value = 10 * value + bytes[i] - '0';
    }
    return isNegative ? -value : value;
  }

  /** Goes behind the next quote and returns its place; -1 if something else comes first. */
  private int closingQuote() {
    int i = position;
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

  private void skipDigits() {
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
  }

  private boolean isAtBreak() {
    if (position == end) {
      return false;
    }
    byte b = bytes[position];
    return b == ',' || b == '}' || isSpace(b);
  }

  private boolean takes(char wanted) {
    skipSpace();
    if (position < end && bytes[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (position < end && isSpace(bytes[position])) {
      position++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
