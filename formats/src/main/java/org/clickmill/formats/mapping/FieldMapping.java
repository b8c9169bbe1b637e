package org.clickmill.formats.mapping;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What feeds one field of an event.
 *
 * @param target the field
 * @param source column, number of a column or dotted path; or null
 * @param secondSource where the time of day of a time is whose date is in the source; or null
 * @param zoneSource where the zone of a time is; or null
 * @param role what of a time in several columns the source holds; null if it is the only one
 * @param part what of a topic's message feeds it, beside the value; or null
 * @param constant the text that every event gets; null if there is a source or a part
 * @param timeFormat pattern, iso, epoch-millis or epoch-seconds; null for none said
 * @param zone the zone of times that carry none
 * @param values texts to replace by others, or by null; the rest stay
 * @param roundHalfEven whether more than four decimals are rounded rather than rejected
 * @param asInteger whether a number is brought to the shortest text of a whole number
 * @param numberForm how numbers are written in text; null for a decimal point and nothing else
 * @param inCents whether the number counts hundredths
 * @param isOptional whether the source may lack the column
 */
record FieldMapping(
    EventField target,
    String source,
    String secondSource,
    String zoneSource,
    TimeParts.Role role,
    MessagePart part,
    String constant,
    String timeFormat,
    ZoneId zone,
    SortedMap<String, String> values,
    boolean roundHalfEven,
    boolean asInteger,
    NumberForm numberForm,
    boolean inCents,
    boolean isOptional) {
  /** One mapping for each column that is read for the field. */
  List<FieldMapping> columns() {
    if (source == null || (secondSource == null && zoneSource == null)) {
      return source == null ? List.of() : List.of(this);
    }
    var columns = new ArrayList<FieldMapping>();
    columns.add(with(source, TimeParts.Role.FIRST, zone));
    if (secondSource != null) {
      columns.add(with(secondSource, TimeParts.Role.SECOND, zone));
    }
    if (zoneSource != null) {
      columns.add(with(zoneSource, TimeParts.Role.ZONE, zone));
    }
    return columns;
  }

  FieldMapping withZone(ZoneId other) {
    return with(source, role, other);
  }

  private FieldMapping with(String column, TimeParts.Role as, ZoneId other) {
    return new FieldMapping(
        target,
        column,
        secondSource,
        zoneSource,
        as,
        part,
        constant,
        timeFormat,
        other,
        values,
        roundHalfEven,
        asInteger,
        numberForm,
        inCents,
        isOptional);
  }
}
