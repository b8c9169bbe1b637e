package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.clickmill.formats.event.Event;

/**
 * Puts the values of a source into one field of an event. A source calls exactly one of its methods
 * a record; those that a kind of field does not override go over the value's text.
 */
abstract class FieldSetter {
  /** What a long has at most, with its sign. */
  private static final int MOST_DIGITS = 20;

  private final FieldMapping mapping;
  private final Event event;
  private final byte[] digits = new byte[MOST_DIGITS];

  FieldSetter(FieldMapping mapping, Event event) {
    this.mapping = mapping;
    this.event = event;
  }

  static FieldSetter of(FieldMapping mapping, Event event, String origin) {
    return switch (mapping.target().kind()) {
      case TIME -> new TimeSetter(mapping, event, origin);
      case TEXT -> new TextSetter(mapping, event);
      case MONEY -> new MoneySetter(mapping, event);
      case COUNT -> new CountSetter(mapping, event);
    };
  }

  /** Takes a text of UTF-8; an empty one is no value. The bytes are copied. */
  abstract void text(byte[] bytes, int offset, int length) throws BadValueException;

  /** Takes a text that is still to be checked: one that is not UTF-8 is refused. */
  final void uncheckedText(byte[] bytes, int offset, int length) throws BadValueException {
    var problem = Utf8Bytes.problem(bytes, offset, length);
    if (problem != null) {
      throw bad(problem);
    }
    text(bytes, offset, length);
  }

  /** Takes a number in the source's own notation, with a decimal point if it has decimals. */
  void number(byte[] bytes, int offset, int length) throws BadValueException {
    text(bytes, offset, length);
  }

  /** Takes the absence of a value. */
  void nothing() throws BadValueException {
    if (mapping.target().isRequired()) {
      throw bad("no value");
    }
    put(null);
  }

  void wholeNumber(long value) throws BadValueException {
    int start = digits.length;
    long rest = value;
    do {
      digits[--start] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      digits[--start] = '-';
    }
    text(digits, start, digits.length - start);
  }

  /** Takes {@code unscaled · 10⁻ˢᶜᵃˡᵉ}. */
  void decimal(long unscaled, int scale) throws BadValueException {
    decimal(BigDecimal.valueOf(unscaled, scale));
  }

  /**
   * Takes a decimal number as Avro and Parquet hold it: in two's complement, the highest byte
   * first.
   */
  final void decimal(byte[] unscaled, int scale) throws BadValueException {
    if (unscaled.length == 0) {
      throw bad("a decimal of no bytes");
    }
    if (unscaled.length > Long.BYTES) {
      decimal(new BigDecimal(new BigInteger(unscaled), scale));
      return;
    }
    long value = unscaled[0];
    for (int i = 1; i < unscaled.length; i++) {
      value = value << Byte.SIZE | Byte.toUnsignedInt(unscaled[i]);
    }
    decimal(value, scale);
  }

  void decimal(BigDecimal value) throws BadValueException {
    if (Numbers.bounded(value) == null) {
      throw bad("a number out of all bounds");
    }
    text(value.toPlainString());
  }

  void floatingPoint(double value) throws BadValueException {
    if (!Double.isFinite(value)) {
      throw bad("'" + value + "' is not a finite number");
    }
    decimal(BigDecimal.valueOf(value));
  }

  void floatingPoint(float value) throws BadValueException {
    if (!Float.isFinite(value)) {
      throw bad("'" + value + "' is not a finite number");
    }
    decimal(new BigDecimal(Float.toString(value)));
  }

  void truth(boolean value) throws BadValueException {
    text(Boolean.toString(value));
  }

  /** Takes a moment in milliseconds since the epoch. */
  void moment(long millis) throws BadValueException {
    text(Instant.ofEpochMilli(millis).toString());
  }

  /** Takes what clocks of some zone showed, as if they had been in UTC. */
  void localTime(long millis) throws BadValueException {
    var text = Instant.ofEpochMilli(millis).toString();
    text(text.substring(0, text.length() - 1));
  }

  final void text(String text) throws BadValueException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    text(bytes, 0, bytes.length);
  }

  final FieldMapping mapping() {
    return mapping;
  }

  final void put(Object value) {
    event.put(mapping.target().position(), value);
  }

  final BadValueException bad(String what) {
    return new BadValueException("field " + mapping.target().text() + ": " + what);
  }

  /**
   * A value of the source that no setter can take.
   *
   * @param reason what is wrong with it
   */
  BadValueException invalid(String reason) {
    return bad(reason);
  }

  final BadValueException bad(byte[] bytes, int offset, int length, String expected) {
    return bad("'" + BadValueException.shown(bytes, offset, length) + "' is not " + expected);
  }
}
