package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.mapping.SourceNode.Branch;
import org.clickmill.formats.mapping.SourceNode.Items;
import org.clickmill.formats.mapping.SourceNode.Leaf;

/** One kind of event that records may become: one of each, or one of each item of an array. */
final class EventTemplate {
  private final EventAssembler assembler;
  private final TextOfValue texts = new TextOfValue();
  private final List<Check> checks = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /** Finds the array whose items become events; null if the record becomes one. */
  private final PathWalker items;

  private long events;

  /** A value of the record, or of an item of it. */
  private record Value(PathWalker walker, boolean isOfItem) {
    SourceNode find(Branch record, SourceNode item) throws BadValueException {
      return walker.find(isOfItem ? item : record);
    }
  }

  /** A condition; present once a record that was asked had the value. */
  private static final class Check {
    private final Condition condition;
    private final Value value;
    private boolean isAsked;
    private boolean isPresent;

    Check(Condition condition, Value value) {
      this.condition = condition;
      this.value = value;
    }
  }

  /**
   * @param names of all that is read of a record
   * @throws ClickmillException of kind usage if it goes through the items of two arrays
   */
  EventTemplate(Mapping mapping, EventMapping event, SourceFormat format, SourceNames names) {
    assembler = new EventAssembler(mapping, event);
    var exploded = exploded(event, format, mapping.name());
    items = exploded == null ? null : new PathWalker(exploded, 0, exploded.stepsToItems(), names);
    for (var field : assembler.sourced()) {
      values.add(value(MappingDefinition.path(field.source(), format), names));
    }
    for (var condition : event.where()) {
      checks.add(
          new Check(condition, value(MappingDefinition.path(condition.source(), format), names)));
    }
  }

  /**
   * A path through the array whose items become events; null if the record becomes one.
   *
   * @param mapping its name, for messages
   * @throws ClickmillException of kind usage if there are two arrays, or if the items of a record
   *     have one event_id
   */
  static SourcePath exploded(EventMapping event, SourceFormat format, String mapping) {
    SourcePath exploded = null;
    for (var path : paths(event, format)) {
      if (path.stepsToItems() >= 0) {
        exploded = exploded == null ? path : exploded;
        if (!toItems(exploded).equals(toItems(path))) {
          throw ClickmillException.usage(
              "Invalid mapping %s: '%s' and '%s' go through the items of two arrays; an event has"
                  + " those of one",
              mapping, exploded.text(), path.text());
        }
      }
    }
    for (var field : event.sourced()) {
      if (exploded != null
          && field.target().column() == EventColumn.EVENT_ID
          && MappingDefinition.path(field.source(), format).stepsToItems() < 0) {
        throw ClickmillException.usage(
            "Invalid mapping %s: field event_id: '%s' is the same for all items of '%s', and of"
                + " events with one id compact keeps one; take the id from the items, or none",
            mapping, field.source(), exploded.text());
      }
    }
    return exploded;
  }

  private static List<SourcePath.Step> toItems(SourcePath path) {
    return path.steps().subList(0, path.stepsToItems());
  }

  static List<SourcePath> paths(EventMapping event, SourceFormat format) {
    var paths = new ArrayList<SourcePath>();
    event.sourced().forEach(field -> paths.add(MappingDefinition.path(field.source(), format)));
    event.where().forEach(check -> paths.add(MappingDefinition.path(check.source(), format)));
    return paths;
  }

  private static Value value(SourcePath path, SourceNames names) {
    int each = path.stepsToItems();
    return new Value(new PathWalker(path, each + 1, path.steps().size(), names), each >= 0);
  }

  EventAssembler assembler() {
    return assembler;
  }

  /** Whether items of a record become events, and not the record. */
  boolean isOfItems() {
    return items != null;
  }

  /**
   * Whether the record meets the conditions that are not about its items.
   *
   * @param refused the conditions for which this was thrown already for the record, by a kind of
   *     event that shares them; the record is not taken then, and not rejected once more
   */
  boolean takesRecord(Branch record, Set<Condition> refused) throws BadValueException {
    for (var check : checks) {
      if (!check.value.isOfItem) {
        try {
          if (!holds(check, record, null)) {
            return false;
          }
        } catch (BadValueException e) {
          if (refused.add(check.condition)) {
            throw e;
          }
          return false;
        }
      }
    }
    return true;
  }

  /** Whether an item meets the conditions that are about items. */
  boolean takesItem(Branch record, SourceNode item) throws BadValueException {
    for (var check : checks) {
      if (check.value.isOfItem && !holds(check, record, item)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(Check check, Branch record, SourceNode item) throws BadValueException {
    var node = check.value.find(record, item);
    check.isAsked = true;
    check.isPresent |= node != null;
    return check.condition.isMetBy(text(check, node));
  }

  private String text(Check check, SourceNode node) throws BadValueException {
    boolean isNested = node != null && !(node instanceof Leaf);
    if (isNested && check.condition.values().isEmpty()) {
      // It exists, whatever it is.
      return "";
    }
    try {
      return texts.of(node);
    } catch (BadValueException e) {
      throw new BadValueException("'where' on " + check.condition.source() + ": " + e.getMessage());
    }
  }

  /** The items of a record; none where there is no array. */
  Items items(Branch record) throws BadValueException {
    return items.findItems(record);
  }

  /** Fills the event from a record and, where there is one, an item of it. */
  void fill(Branch record, SourceNode item) throws BadValueException {
    for (int i = 0; i < values.size(); i++) {
      var setter = assembler.setter(i);
      var node = values.get(i).find(record, item);
      if (node == null) {
        setter.nothing();
      } else if (node instanceof Leaf leaf) {
        assembler.markPresent(i);
        leaf.put(setter);
      } else {
        assembler.markPresent(i);
        throw setter.bad("an object or array, not a single value");
      }
    }
  }

  /** The event that was filled, whose parts of a message are set too. */
  Event finish(Utf8 sourceName, Integer partition, long offset, int item) throws BadValueException {
    var event = assembler.finish(sourceName, partition, offset);
    event.setSourceItem(item);
    events++;
    return event;
  }

  /** The mapped columns that no record so far had, and those of conditions. */
  List<AbsentColumn> absentColumns(String present) {
    var absent = new ArrayList<AbsentColumn>();
    for (var check : checks) {
      // Where no record meets the conditions before it, or has items, it is asked of none.
      if (check.isAsked && !check.isPresent) {
        // A file without the path is an answer to whether it exists.
        boolean mayBeAbsent = check.condition.values().isEmpty();
        absent.add(new AbsentColumn("where", check.condition.source(), mayBeAbsent, present));
      }
    }
    if (events > 0) {
      absent.addAll(assembler.absentColumns(present));
    }
    return absent;
  }
}
