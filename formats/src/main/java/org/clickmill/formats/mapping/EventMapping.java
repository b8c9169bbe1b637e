package org.clickmill.formats.mapping;

import java.util.List;

/**
 * One kind of event that a record may become.
 *
 * @param where conditions that all must hold; none for every record
 * @param fields what feeds the fields, in the order of the event's; the rest get no value
 */
record EventMapping(List<Condition> where, List<FieldMapping> fields) {
  EventMapping {
    where = List.copyOf(where);
    fields = List.copyOf(fields);
  }

  /** What is read from a record of the source: a column each. */
  List<FieldMapping> sourced() {
    return fields.stream().flatMap(field -> field.columns().stream()).toList();
  }

  /** The fields that are read from a topic's message beside its value. */
  List<FieldMapping> parts() {
    return fields.stream().filter(field -> field.part() != null).toList();
  }
}
