package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;

/** Holds the one event of a reader and the setters of its fields. */
final class EventAssembler {
  private final Event event = new Event();
  private final List<FieldMapping> sourced;
  private final List<FieldMapping> parts;
  private final FieldSetter[] setters;
  private final FieldSetter[] partSetters;
  private final boolean[] present;
  private final String origin;
  private final CurrencyConversion.Converter currency;
  private MoneySetter money;

  /** Null if the time is in one column. */
  private TimeParts time;

  private long rounded;

  /**
   * @param kind of event, one of the mapping's
   */
  EventAssembler(Mapping mapping, EventMapping kind) {
    event.setQuantity(1);
    origin = mapping.name();
    sourced = kind.sourced();
    parts = kind.parts();
    setters = setters(sourced);
    partSetters = setters(parts);
    currency = feedsCurrency(mapping) ? mapping.currencyConversion().converter() : null;
    present = new boolean[setters.length];
    for (var field : kind.fields()) {
      if (field.constant() != null) {
        putConstant(field);
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

  /** Marks the column of the sourced field of that index as there, with or without a value. */
  void markPresent(int index) {
    present[index] = true;
  }

  /** The columns that no record so far had. */
  List<AbsentColumn> absentColumns(String presentColumns) {
    var absent = new ArrayList<AbsentColumn>();
    for (int i = 0; i < sourced.size(); i++) {
      if (!present[i]) {
        var field = sourced.get(i);
        absent.add(
            new AbsentColumn(
                field.target().text(), field.source(), field.isOptional(), presentColumns));
      }
    }
    return absent;
  }

  /** The fields that come from a message beside its value. */
  List<FieldMapping> parts() {
    return parts;
  }

  /** The setter of the part of that index. */
  FieldSetter partSetter(int index) {
    return partSetters[index];
  }

  /**
   * The event, all of whose setters have been called for this record.
   *
   * @throws BadValueException if the columns of its time are none together, or its price cannot be
   *     brought into the warehouse's currency
   */
  Event finish(Utf8 sourceName, Integer partition, long offset) throws BadValueException {
    if (time != null) {
      time.finish();
    }
    if (currency != null) {
      currency.convert(event);
    }
    event.setSourceName(sourceName);
    event.setSourcePartition(partition);
    event.setSourceOffset(offset);
    if (money != null && money.isRounded()) {
      rounded++;
    }
    return event;
  }

  long rounded() {
    return rounded;
  }

  private static boolean feedsCurrency(Mapping mapping) {
    return mapping.extraColumns().contains(EventColumn.CURRENCY);
  }

  private FieldSetter[] setters(List<FieldMapping> fields) {
    var made = new FieldSetter[fields.size()];
    for (int i = 0; i < made.length; i++) {
      made[i] = setter(fields.get(i));
      money = made[i] instanceof MoneySetter setter ? setter : money;
    }
    return made;
  }

  private FieldSetter setter(FieldMapping field) {
    if (field.time().role() == null) {
      return FieldSetter.of(field, event, origin);
    }
    if (time == null) {
      time = new TimeParts(field, event, origin);
    }
    return time.setter(field);
  }

  private void putConstant(FieldMapping field) {
    try {
      FieldSetter.of(field, event, origin).text(field.constant());
    } catch (BadValueException e) {
      throw ClickmillException.usage("Invalid mapping %s: %s", origin, e.getMessage());
    }
  }
}
