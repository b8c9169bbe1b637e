package org.clickmill.formats.mapping;

import java.util.List;
import org.clickmill.formats.event.EventColumn;

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

  /** What feeds event_id; null for nothing. */
  FieldMapping eventId() {
    return fields.stream()
        .filter(field -> field.target().column() == EventColumn.EVENT_ID)
        .findFirst()
        .orElse(null);
  }

  /** Whether no record, or no item of one, can be an event of both kinds. */
  boolean excludes(EventMapping other) {
    return where.stream().anyMatch(one -> other.where.stream().anyMatch(one::excludes));
  }

  /** The fields that are read from a topic's message beside its value. */
  List<FieldMapping> parts() {
    return fields.stream().filter(field -> field.part() != null).toList();
  }
}
