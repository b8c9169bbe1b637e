package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;

/** Fills the price; the event's buffer is overwritten by the next record's. */
final class MoneySetter extends FieldSetter {
  private static final long CENTS = 100;
  private static final long ONE = 10_000;

  private final ScaledNumber number;
  private final boolean isInCents;
  private final byte[] bytes = new byte[Long.BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private boolean isRounded;

  MoneySetter(FieldMapping mapping, Event event) {
    super(mapping, event);
    isInCents = mapping.number().inCents();
    number = new ScaledNumber(mapping.number().roundHalfEven());
  }

  /** Whether the last value was rounded. */
  boolean isRounded() {
    return isRounded;
  }

  @Override
  void nothing() throws BadValueException {
    isRounded = false;
    super.nothing();
  }

  @Override
  void text(byte[] text, int from, int size) throws BadValueException {
    int offset = from;
    int length = size;
    while (length > 0 && Numbers.isSpace(text[offset])) {
      offset++;
      length--;
    }
    while (length > 0 && Numbers.isSpace(text[offset + length - 1])) {
      length--;
    }
    if (length == 0) {
      nothing();
      return;
    }
    var form = mapping().number().form();
    if (form != null) {
      byte[] plain = form.plain(text, offset, length);
      if (plain == null) {
        throw bad(text, offset, length, form.expected());
      }
      number(plain, 0, plain.length);
      return;
    }
    number(text, offset, length);
  }

  @Override
  void number(byte[] text, int offset, int length) throws BadValueException {
    var outcome = number.parse(text, offset, length);
    if (outcome == ScaledNumber.Outcome.EXACT && !isInCents) {
      isRounded = false;
      putScaled(number.scaled());
    } else {
      finish(outcome, BadValueException.shown(text, offset, length));
    }
  }

  @Override
  void decimal(BigDecimal value) throws BadValueException {
    finish(number.take(value), Numbers.bounded(value) == null ? "a number" : value.toString());
  }

  @Override
  void decimal(long unscaled, int scale) throws BadValueException {
    if (!isInCents && number.takeExact(unscaled, scale)) {
      isRounded = false;
      putScaled(number.scaled());
    } else {
      super.decimal(unscaled, scale);
    }
  }

  @Override
  void floatingPoint(double value) throws BadValueException {
    if (!isInCents && number.takeExact(value)) {
      isRounded = false;
      putScaled(number.scaled());
    } else {
      super.floatingPoint(value);
    }
  }

  private void finish(ScaledNumber.Outcome outcome, String shown) throws BadValueException {
    isRounded = outcome == ScaledNumber.Outcome.ROUNDED;
    if (isInCents && !isWhole(outcome)) {
      throw bad("'" + shown + "' is not a whole number of cents");
    }
    switch (outcome) {
      case EXACT, ROUNDED -> putScaled(isInCents ? number.scaled() / CENTS : number.scaled());
      case NOT_A_NUMBER -> throw bad("'" + shown + "' is not a number");
      case TOO_MANY_DECIMALS ->
          throw bad("'" + shown + "' has more than " + Money.SCALE + " decimals");
      case TOO_LARGE ->
          throw bad(
              "'"
                  + shown
                  + "' has more than "
                  + (Money.PRECISION - Money.SCALE)
                  + " digits before the point");
    }
  }

  /** Whether a number that is one is a whole one; anything else is told as what it is. */
  private boolean isWhole(ScaledNumber.Outcome outcome) {
    return switch (outcome) {
      case EXACT -> number.scaled() % ONE == 0;
      case ROUNDED, TOO_MANY_DECIMALS -> false;
      case NOT_A_NUMBER, TOO_LARGE -> true;
    };
  }

  /** Writes the shortest two's complement, as {@link Money#toAvro} does. */
  private void putScaled(long scaled) {
    long rest = scaled;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      bytes[i] = (byte) rest;
      rest >>= 8;
    }
    int start = 0;
    while (start < Long.BYTES - 1 && bytes[start] == bytes[start + 1] >> 7) {
      start++;
    }
    buffer.limit(Long.BYTES).position(start);
    put(buffer);
  }
}
