package org.clickmill.formats.mapping;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clickmill.formats.event.Event;

/** The fields of an event that a mapping can feed. */
enum EventField {
  EVENT_TIME(Kind.TIME),
  EVENT_TYPE(Kind.TEXT),
  PRODUCT_ID(Kind.TEXT),
  CATEGORY_ID(Kind.TEXT),
  CATEGORY_CODE(Kind.TEXT),
  BRAND(Kind.TEXT),
  PRICE(Kind.MONEY),
  QUANTITY(Kind.COUNT),
  VISITOR_ID(Kind.TEXT),
  USER_ID(Kind.TEXT),
  USER_SESSION(Kind.TEXT),
  ORDER_ID(Kind.TEXT),
  EVENT_ID(Kind.TEXT);

  /** What a field holds. */
  enum Kind {
    TIME,
    TEXT,
    MONEY,
    COUNT
  }

  private final Kind kind;
  private final String text;
  private final int position;

  EventField(Kind kind) {
    this.kind = kind;
    this.text = name().toLowerCase(Locale.ROOT);
    this.position = Event.getClassSchema().getField(text).pos();
  }

  Kind kind() {
    return kind;
  }

  /** The field's name in the event. */
  String text() {
    return text;
  }

  /** The field's place in the event's schema. */
  int position() {
    return position;
  }

  /** Whether an event cannot be without it. */
  boolean isRequired() {
    return this == EVENT_TIME || this == EVENT_TYPE;
  }

  static EventField named(String text) {
    for (var field : values()) {
      if (field.text.equals(text)) {
        return field;
      }
    }
    return null;
  }

  static String allNames() {
    return Arrays.stream(values()).map(EventField::text).collect(Collectors.joining(", "));
  }
}
