package org.clickmill.jobs.sessions;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.clickmill.formats.event.EventType;
import org.clickmill.formats.table.StringColumn;

/** The known event types as small numbers that order as their texts do, which is content order. */
final class KnownType {
  static final byte CART = 0;
  static final byte PURCHASE = 1;
  static final byte REMOVE_FROM_CART = 2;
  static final byte RETURN = 3;
  static final byte VIEW = 4;
  static final int COUNT = 5;

  /** Stands for every type that sessions skip. */
  static final byte UNKNOWN = -1;

  private static final List<EventType> TYPES =
      Arrays.stream(EventType.values()).sorted(Comparator.comparing(EventType::text)).toList();

  private KnownType() {}

  static byte of(EventType type) {
    return (byte) TYPES.indexOf(type);
  }

  static EventType type(byte code) {
    return TYPES.get(code);
  }

  /** What each dictionary id of the event_type column stands for. */
  static byte[] of(StringColumn column) {
    var codes = new byte[column.dictionarySize()];
    for (int id = 0; id < codes.length; id++) {
      codes[id] = UNKNOWN;
      for (var type : TYPES) {
        if (type.matches(column.bytes(), column.offset(id), column.length(id))) {
          codes[id] = of(type);
        }
      }
    }
    return codes;
  }
}
