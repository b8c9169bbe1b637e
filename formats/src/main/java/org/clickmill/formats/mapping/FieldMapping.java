package org.clickmill.formats.mapping;

import java.time.ZoneId;
import java.util.SortedMap;

/**
 * What feeds one field of an event.
 *
 * @param target the field
 * @param source column, number of a column or dotted path; or null
 * @param part what of a topic's message feeds it, beside the value; or null
 * @param constant the text that every event gets; null if there is a source or a part
 * @param timeFormat pattern, iso, epoch-millis or epoch-seconds; null for none said
 * @param zone the zone of times that carry none
 * @param values texts to replace by others, or by null; the rest stay
 * @param roundHalfEven whether more than four decimals are rounded rather than rejected
 * @param asInteger whether a number is brought to the shortest text of a whole number
 * @param isOptional whether the source may lack the column
 */
record FieldMapping(
    EventField target,
    String source,
    MessagePart part,
    String constant,
    String timeFormat,
    ZoneId zone,
    SortedMap<String, String> values,
    boolean roundHalfEven,
    boolean asInteger,
    boolean isOptional) {}
