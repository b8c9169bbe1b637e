package org.clickmill.formats.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.event.EventColumn;

/**
 * A field of an event that a mapping can feed: any column but those that say where the event comes
 * from.
 */
record EventField(EventColumn column) {
  private static final List<EventField> ALL =
      Arrays.stream(EventColumn.values())
          .filter(column -> !column.isSource())
          .map(EventField::new)
          .toList();

  /** What a field holds. */
  enum Kind {
    TIME,
    TEXT,
    MONEY,
    COUNT
  }

  static List<EventField> values() {
    return ALL;
  }

  Kind kind() {
    return switch (column.kind()) {
      case TIME -> Kind.TIME;
      case STRING -> Kind.TEXT;
      case MONEY -> Kind.MONEY;
      case INT, LONG -> Kind.COUNT;
    };
  }

  /** The field's name in the event. */
  String text() {
    return column.text();
  }

  /** The field's place in the event's schema. */
  int position() {
    return column.position();
  }

  /** Whether an event cannot be without it. */
  boolean isRequired() {
    return column == EventColumn.EVENT_TIME || column == EventColumn.EVENT_TYPE;
  }

  static EventField named(String text) {
    return ALL.stream().filter(field -> field.text().equals(text)).findFirst().orElse(null);
  }

  static String allNames() {
    return ALL.stream().map(EventField::text).collect(Collectors.joining(", "));
  }
}
