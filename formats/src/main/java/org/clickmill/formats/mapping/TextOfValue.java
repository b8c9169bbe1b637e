package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;

/** Takes any value as its text: a number as it is written, a time in ISO 8601. */
final class TextOfValue extends FieldSetter {
  private String text;

  TextOfValue() {
    // The field is not filled: it only lends the setter a place for messages.
    super(FieldMapping.ofSource(new EventField(EventColumn.EVENT_ID), ""), new Event());
  }

  /**
   * The text of a value; null for no value, which an empty text is too.
   *
   * @throws BadValueException if it is no single value
   */
  String of(SourceNode node) throws BadValueException {
    if (node == null) {
      return null;
    }
    if (!(node instanceof SourceNode.Leaf leaf)) {
      throw new BadValueException("an object or array, not a single value");
    }
    text = null;
    leaf.put(this);
    return text;
  }

  @Override
  void text(byte[] bytes, int offset, int length) {
    text = length == 0 ? null : new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  BadValueException invalid(String reason) {
    return new BadValueException(reason);
  }

  @Override
  void nothing() {
    text = null;
  }
}
