package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;

/** Fills a text field; the event's text is overwritten by the next record's. */
final class TextSetter extends FieldSetter {
  private final Utf8 value = new Utf8();

  /** Texts to replace, or null when there are none. */
  private final Map<Utf8, Utf8> values;

  TextSetter(FieldMapping mapping, Event event) {
    super(mapping, event);
    if (mapping.text().values().isEmpty()) {
      values = null;
    } else {
      values = new HashMap<>();
      mapping
          .text()
          .values()
          .forEach((from, to) -> values.put(new Utf8(from), to == null ? null : new Utf8(to)));
    }
  }

  @Override
  void text(byte[] bytes, int offset, int length) throws BadValueException {
    if (length == 0) {
      replaceOrPut(0);
      return;
    }
    if (mapping().text().asInteger()) {
      integer(bytes, offset, length);
      return;
    }
    value.setByteLength(length);
    System.arraycopy(bytes, offset, value.getBytes(), 0, length);
    replaceOrPut(length);
  }

  private void replaceOrPut(int length) throws BadValueException {
    if (values != null) {
      value.setByteLength(length);
      if (values.containsKey(value)) {
        var replacement = values.get(value);
        if (replacement == null || replacement.getByteLength() == 0) {
          nothing();
        } else {
          put(replacement);
        }
        return;
      }
    }
    if (length == 0) {
      nothing();
    } else {
      put(value);
    }
  }

  private void integer(byte[] bytes, int from, int size) throws BadValueException {
    int start = from;
    int end = from + size;
    while (start < end && Numbers.isSpace(bytes[start])) {
      start++;
    }
    while (end > start && Numbers.isSpace(bytes[end - 1])) {
      end--;
    }
    if (start == end) {
      replaceOrPut(0);
      return;
    }
    boolean isNegative = bytes[start] == '-';
    int digits = isNegative || bytes[start] == '+' ? start + 1 : start;
    int point = digits;
    while (point < end && bytes[point] >= '0' && bytes[point] <= '9') {
      point++;
    }
    int tail = point < end && bytes[point] == '.' ? point + 1 : point;
    while (tail < end && bytes[tail] == '0') {
      tail++;
    }
    if (tail < end || point == digits) {
      generalInteger(bytes, start, end - start);
      return;
    }
    while (digits < point - 1 && bytes[digits] == '0') {
      digits++;
    }
    boolean hasSign = isNegative && bytes[digits] != '0';
    int length = point - digits + (hasSign ? 1 : 0);
    value.setByteLength(length);
    byte[] target = value.getBytes();
    if (hasSign) {
      target[0] = '-';
    }
    System.arraycopy(bytes, digits, target, hasSign ? 1 : 0, point - digits);
    replaceOrPut(length);
  }

  private void generalInteger(byte[] bytes, int offset, int length) throws BadValueException {
    var number = Numbers.parse(bytes, offset, length);
    if (number == null || number.stripTrailingZeros().scale() > 0) {
      throw bad(bytes, offset, length, "a whole number");
    }
    byte[] text = number.toBigIntegerExact().toString().getBytes(StandardCharsets.US_ASCII);
    value.setByteLength(text.length);
    System.arraycopy(text, 0, value.getBytes(), 0, text.length);
    replaceOrPut(text.length);
  }
}
