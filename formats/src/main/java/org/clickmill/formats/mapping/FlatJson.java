package org.clickmill.formats.mapping;

/**
 * Reads the common JSON object, without a general parser and in a third of its time: single values
 * only, texts without escapes, numbers of ordinary length. Whatever else it meets it leaves to the
 * parser, so it never says that something is wrong with the text. What comes out is the same.
 */
final class FlatJson {
  private static final int LONGEST_NUMBER = 100;

  /** Digits of a number that fits into a long for certain. */
  private static final int LONG_DIGITS = 18;

  /** After many objects of another kind in a row, only one in this number is tried. */
  private static final int LONGEST_PAUSE = 255;

  private final JsonKeys keys = new JsonKeys();
  private final JsonCursor at = new JsonCursor();
  private boolean[] seen;
  private int pause;
  private int pauseLeft;

  /** Adds a key and the numbers of the fields that take its value. */
  void add(String key, int[] fields) {
    keys.add(key, fields);
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
    at.reset(text, from, to);
    seen = marks;
    boolean isFlat = object(target);
    pause = isFlat ? 0 : Math.min(2 * pause + 1, LONGEST_PAUSE);
    pauseLeft = pause;
    return isFlat;
  }

  private boolean object(EventAssembler target) throws BadValueException {
    if (!at.takes('{')) {
      return false;
    }
    int key = JsonKeys.START;
    while (true) {
      if (!at.takes('"')) {
        return false;
      }
      key = keys.read(at, key);
      if (key == JsonKeys.NONE || !at.takes(':')) {
        return false;
      }
      at.skipSpace();
      if (!value(target, keys.takers(key))) {
        return false;
      }
      if (at.takes('}')) {
        at.skipSpace();
        return at.position == at.end;
      }
      if (!at.takes(',')) {
        return false;
      }
    }
  }

  private boolean value(EventAssembler target, int[] takers) throws BadValueException {
    if (at.position == at.end || (takers != null && seen[takers[0]])) {
      return false;
    }
    return switch (at.bytes[at.position]) {
      case '"' -> text(target, takers);
      case 't' -> word("true", target, takers);
      case 'f' -> word("false", target, takers);
      case 'n' -> word("null", target, takers);
      default -> number(target, takers);
    };
  }

  private boolean text(EventAssembler target, int[] takers) throws BadValueException {
    at.position++;
    int start = at.position;
    int close = at.closingQuote();
    if (close < 0) {
      return false;
    }
    if (takers != null) {
      for (int field : takers) {
        seen[field] = true;
        target.setter(field).text(at.bytes, start, close - start);
      }
    }
    return true;
  }

  private boolean word(String word, EventAssembler target, int[] takers) throws BadValueException {
    int start = at.position;
    if (at.end - start <= word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (at.bytes[start + i] != word.charAt(i)) {
        return false;
      }
    }
    at.position += word.length();
    if (!at.isAtBreak() || takers == null) {
      return at.isAtBreak();
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
    int start = at.position;
    if (at.bytes[at.position] == '-') {
      at.position++;
    }
    int digits = at.position;
    at.skipDigits();
    boolean isWhole = true;
    if (at.position == digits || (at.position > digits + 1 && at.bytes[digits] == '0')) {
      return false;
    }
    if (at.position < at.end && at.bytes[at.position] == '.') {
      isWhole = false;
      at.position++;
      int decimals = at.position;
      at.skipDigits();
      if (at.position == decimals) {
        return false;
      }
    }
    // An exponent is left to the parser: there is no break in front of it.
    if (!at.isAtBreak() || at.position - start > LONGEST_NUMBER) {
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
    if (isWhole && setter instanceof TimeSetter && at.position - start <= LONG_DIGITS) {
      setter.wholeNumber(whole(start));
    } else {
      setter.number(at.bytes, start, at.position - start);
    }
  }

  private long whole(int start) {
    boolean isNegative = at.bytes[start] == '-';
    long value = 0;
    for (int i = isNegative ? start + 1 : start; i < at.position; i++) {
      value = 10 * value + at.bytes[i] - '0';
    }
    return isNegative ? -value : value;
  }
}
