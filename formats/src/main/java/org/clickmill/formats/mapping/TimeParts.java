package org.clickmill.formats.mapping;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.clickmill.formats.event.Event;

/**
 * Puts the time of the event together from several columns: a date and a time of day, and perhaps
 * the zone that they are in.
 */
final class TimeParts {
  /** What a column holds. */
  enum Role {
    /** The whole time, or its date. */
    FIRST,
    /** The time of day. */
    SECOND,
    /** The id of the zone; without a value the mapping's zone counts. */
    ZONE
  }

  private static final int MOST_ZONES = 1000;

  private final FieldMapping mapping;
  private final Event event;
  private final String origin;
  private final TimeSetter usual;
  private final Map<String, TimeSetter> byZone = new HashMap<>();

  /** By role; null for no value. */
  private final String[] texts = new String[Role.values().length];

  /** The first column's value where it is a time of its own type, else null. */
  private TypedTime typed;

  TimeParts(FieldMapping mapping, Event event, String origin) {
    this.mapping = mapping;
    this.event = event;
    this.origin = origin;
    this.usual = new TimeSetter(mapping, event, origin);
  }

  /** The setter of one of the columns. */
  FieldSetter setter(FieldMapping column) {
    return new Part(column, event);
  }

  /** Fills the event's time, all columns of the record having been taken. */
  void finish() throws BadValueException {
    var zone = texts[Role.ZONE.ordinal()];
    var setter = zone == null ? usual : ofZone(zone);
    var first = texts[Role.FIRST.ordinal()];
    var second = texts[Role.SECOND.ordinal()];
    if (typed != null) {
      typed.put(setter);
    } else if (first == null || (mapping.time().secondSource() != null && second == null)) {
      setter.nothing();
    } else {
      setter.text(mapping.time().secondSource() == null ? first : first + " " + second);
    }
  }

  private TimeSetter ofZone(String zone) throws BadValueException {
    var known = byZone.get(zone);
    if (known != null) {
      return known;
    }
    try {
      var made = new TimeSetter(mapping.withZone(ZoneId.of(zone)), event, origin);
      if (byZone.size() == MOST_ZONES) {
        byZone.clear();
      }
      byZone.put(zone, made);
      return made;
    } catch (DateTimeException e) {
      throw usual.bad("unknown zone '" + BadValueException.shown(zone) + "'");
    }
  }

  private interface TypedTime {
    void put(TimeSetter setter) throws BadValueException;
  }

  private final class Part extends FieldSetter {
    private final Role role;

    Part(FieldMapping column, Event event) {
      super(column, event);
      role = column.time().role();
    }

    @Override
    void text(byte[] bytes, int offset, int length) {
      take(new String(bytes, offset, length, StandardCharsets.UTF_8).strip());
    }

    @Override
    void nothing() {
      take("");
    }

    @Override
    void moment(long millis) throws BadValueException {
      if (isWhole()) {
        typed = setter -> setter.moment(millis);
      } else {
        super.moment(millis);
      }
    }

    @Override
    void localTime(long millis) throws BadValueException {
      if (isWhole()) {
        typed = setter -> setter.localTime(millis);
      } else {
        super.localTime(millis);
      }
    }

    private boolean isWhole() {
      return role == Role.FIRST && TimeParts.this.mapping.time().secondSource() == null;
    }

    private void take(String text) {
      texts[role.ordinal()] = text.isEmpty() ? null : text;
      typed = role == Role.FIRST ? null : typed;
    }
  }
}
