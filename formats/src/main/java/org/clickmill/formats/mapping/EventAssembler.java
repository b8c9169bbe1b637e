package org.clickmill.formats.mapping;

import java.util.List;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.failure.ClickmillException;

/** Holds the one event of a reader and the setters of its fields. */
final class EventAssembler {
  private final Event event = new Event();
  private final List<FieldMapping> sourced;
  private final FieldSetter[] setters;
  private final MoneySetter money;
  private long rounded;

  EventAssembler(Mapping mapping, Utf8 sourceName) {
    event.setQuantity(1);
    event.setSourceName(sourceName);
    var origin = mapping.name();
    sourced = mapping.definition().sourced();
    setters = new FieldSetter[sourced.size()];
    MoneySetter found = null;
    for (int i = 0; i < setters.length; i++) {
      setters[i] = FieldSetter.of(sourced.get(i), event, origin);
      found = setters[i] instanceof MoneySetter setter ? setter : found;
    }
    money = found;
    for (var field : mapping.definition().fields()) {
      if (field.constant() != null) {
        putConstant(field, origin);
      }
    }
  }

  /** The fields that come from the source. */
  List<FieldMapping> sourced() {
    return sourced;
  }

  /** The setter of the sourced field of that index. */
  FieldSetter setter(int index) {
    return setters[index];
  }

  /** The event, all of whose setters have been called for this record. */
  Event finish(long recordNumber) {
    event.setSourceOffset(recordNumber);
    if (money != null && money.isRounded()) {
      rounded++;
    }
    return event;
  }

  long rounded() {
    return rounded;
  }

  private void putConstant(FieldMapping field, String origin) {
    try {
      FieldSetter.of(field, event, origin).text(field.constant());
    } catch (BadValueException e) {
      throw ClickmillException.usage("Invalid mapping %s: %s", origin, e.getMessage());
    }
  }
}
