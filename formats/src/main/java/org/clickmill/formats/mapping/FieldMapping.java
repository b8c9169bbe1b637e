package org.clickmill.formats.mapping;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What feeds one field of an event.
 *
 * @param target the field
 * @param source column, number of a column or path; or null
 * @param part what of a topic's message feeds it, beside the value; or null
 * @param constant the text that every event gets; null if there is a source or a part
 * @param isOptional whether the source may lack the column
 */
record FieldMapping(
    EventField target,
    String source,
    MessagePart part,
    String constant,
    boolean isOptional,
    TextOptions text,
    NumberOptions number,
    TimeOptions time) {

  /**
   * How a text is taken.
   *
   * @param values texts to replace by others, or by null; the rest stay
   * @param asInteger whether a number is brought to the shortest text of a whole number
   */
  record TextOptions(SortedMap<String, String> values, boolean asInteger) {
    static final TextOptions NONE =
        new TextOptions(Collections.unmodifiableSortedMap(new TreeMap<>()), false);
  }

  /**
   * How a number is taken.
   *
   * @param form how numbers are written in text; null for a decimal point and nothing else
   * @param roundHalfEven whether more than four decimals are rounded rather than rejected
   * @param inCents whether the number counts hundredths
   */
  record NumberOptions(NumberForm form, boolean roundHalfEven, boolean inCents) {
    static final NumberOptions NONE = new NumberOptions(null, false, false);
  }

  /**
   * How a time is taken.
   *
   * @param format pattern, iso, epoch-millis or epoch-seconds; null for none said
   * @param zone the zone of times that carry none
   * @param secondSource where the time of day of a time is whose date is in the source; or null
   * @param zoneSource where the zone of a time is; or null
   * @param role what of a time in several columns the source holds; null if it is the only one
   */
  record TimeOptions(
      String format, ZoneId zone, String secondSource, String zoneSource, TimeParts.Role role) {
    static final TimeOptions NONE = new TimeOptions(null, ZoneOffset.UTC, null, null, null);
  }

  /** A field that takes a source as it is. */
  static FieldMapping ofSource(EventField target, String source) {
    return new FieldMapping(
        target, source, null, null, false, TextOptions.NONE, NumberOptions.NONE, TimeOptions.NONE);
  }

  /** One mapping for each column that is read for the field. */
  List<FieldMapping> columns() {
    if (source == null || (time.secondSource == null && time.zoneSource == null)) {
      return source == null ? List.of() : List.of(this);
    }
    var columns = new ArrayList<FieldMapping>();
    columns.add(with(source, TimeParts.Role.FIRST, time.zone));
    if (time.secondSource != null) {
      columns.add(with(time.secondSource, TimeParts.Role.SECOND, time.zone));
    }
    if (time.zoneSource != null) {
      columns.add(with(time.zoneSource, TimeParts.Role.ZONE, time.zone));
    }
    return columns;
  }

  /** Whether it is fed by the same column, path, part of a message or constant as another. */
  boolean hasOriginOf(FieldMapping other) {
    return Objects.equals(source, other.source)
        && Objects.equals(part, other.part)
        && Objects.equals(constant, other.constant);
  }

  FieldMapping withZone(ZoneId other) {
    return with(source, time.role, other);
  }

  private FieldMapping with(String column, TimeParts.Role role, ZoneId zone) {
    return new FieldMapping(
        target,
        column,
        part,
        constant,
        isOptional,
        text,
        number,
        new TimeOptions(time.format, zone, time.secondSource, time.zoneSource, role));
  }
}
