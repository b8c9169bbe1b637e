package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import org.clickmill.formats.event.Event;

/**
 * Fills a whole number: the quantity, which is 1 where the source has none, or one that may be
 * missing.
 */
final class CountSetter extends FieldSetter {
  private static final Integer ONE = 1;
  private static final int PLAIN_DIGITS = 9;

  CountSetter(FieldMapping mapping, Event event) {
    super(mapping, event);
  }

  @Override
  void nothing() {
    put(mapping().target().column().isNullable() ? null : ONE);
  }

  @Override
  void text(byte[] text, int from, int size) throws BadValueException {
    int offset = from;
    int end = from + size;
    while (offset < end && Numbers.isSpace(text[offset])) {
      offset++;
    }
    while (end > offset && Numbers.isSpace(text[end - 1])) {
      end--;
    }
    if (offset == end) {
      nothing();
      return;
    }
    var form = mapping().number().form();
    if (form != null) {
      byte[] plain = form.plain(text, offset, end - offset);
      if (plain == null) {
        throw bad(text, offset, end - offset, form.expected());
      }
      number(plain, 0, plain.length);
    } else {
      number(text, offset, end - offset);
    }
  }

  @Override
  void number(byte[] text, int offset, int length) throws BadValueException {
    int end = offset + length;
    boolean isNegative = text[offset] == '-';
    int first = isNegative ? offset + 1 : offset;
    int value = 0;
    for (int i = first; i < end; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9 || end - first > PLAIN_DIGITS) {
        general(text, offset, end - offset);
        return;
      }
      value = 10 * value + digit;
    }
    if (first == end) {
      throw bad(text, offset, end - offset, "a whole number");
    }
    put(isNegative ? -value : value);
  }

  @Override
  void wholeNumber(long value) throws BadValueException {
    if (value != (int) value) {
      throw bad("'" + value + "' is too large");
    }
    put((int) value);
  }

  @Override
  void decimal(BigDecimal value) throws BadValueException {
    if (Numbers.bounded(value) == null) {
      throw bad("a number out of all bounds");
    }
    if (value.stripTrailingZeros().scale() > 0) {
      throw bad("'" + value + "' is not a whole number");
    }
    if (value.precision() - (long) value.scale() > 2 * PLAIN_DIGITS) {
      throw bad("'" + value + "' is too large");
    }
    wholeNumber(value.longValueExact());
  }

  private void general(byte[] text, int offset, int length) throws BadValueException {
    var number = Numbers.parse(text, offset, length);
    if (number == null) {
      throw bad(text, offset, length, "a whole number");
    }
    decimal(number);
  }
}
