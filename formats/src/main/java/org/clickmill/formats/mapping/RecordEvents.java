package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.mapping.SourceNode.Branch;
import org.clickmill.formats.mapping.SourceNode.Items;

/**
 * The events of records that may become none or several: because of conditions, arrays whose items
 * are events, or several kinds of event; or whose values lie in arrays or in texts of JSON.
 */
final class RecordEvents {
  private final List<EventTemplate> templates = new ArrayList<>();
  private final List<SourceColumn> columns = new ArrayList<>();
  private final SourceNames names;

  // The record at hand.
  private Branch record;
  private int template;
  private boolean isOpen;
  private Items items;
  private int rows;
  private int row;

  /** Number of the template's first row among those of the record. */
  private int firstRow;

  private BadValueException problem;

  /** The conditions that the record's values cannot be compared for; kinds may share one. */
  private final Set<Condition> refused = new HashSet<>();

  private RecordEvents(Mapping mapping, SourceFormat format) {
    var definition = mapping.definition();
    var paths = new ArrayList<SourcePath>();
    definition.events().forEach(event -> paths.addAll(EventTemplate.paths(event, format)));
    names = SourceNames.of(paths);
    for (var event : definition.events()) {
      templates.add(new EventTemplate(mapping, event, format, names));
      for (var field : event.sourced()) {
        columns.add(
            new SourceColumn(
                MappingDefinition.path(field.source(), format),
                field.isOptional(),
                "mapped to " + field.target().text()));
      }
      for (var condition : event.where()) {
        columns.add(
            new SourceColumn(
                MappingDefinition.path(condition.source(), format), false, "used by 'where'"));
      }
    }
  }

  /** The events of a mapping's records; null if each record is one, of values that lie plainly. */
  static RecordEvents of(Mapping mapping, SourceFormat format) {
    var definition = mapping.definition();
    definition.checkPaths(format, mapping.name());
    boolean isPlain =
        definition.events().size() == 1
            && definition.events().get(0).where().isEmpty()
            && definition.sources().stream()
                .allMatch(source -> MappingDefinition.path(source, format).isPlain());
    return isPlain ? null : new RecordEvents(mapping, format);
  }

  /** What has to be read of a record. */
  SourceNames names() {
    return names;
  }

  /** The columns and paths of all fields and conditions. */
  List<SourceColumn> columns() {
    return List.copyOf(columns);
  }

  /** The first columns of the paths by their names; one is optional where all its uses are. */
  List<SourceColumn> namedColumns() {
    var named = new LinkedHashMap<String, SourceColumn>();
    for (var column : columns) {
      named.merge(column.name(), column, (one, other) -> one.isOptional() ? other : one);
    }
    return List.copyOf(named.values());
  }

  /** Begins with the next record, before whose first row it stands then. */
  void begin(Branch next) {
    record = next;
    template = 0;
    isOpen = false;
    firstRow = 0;
    refused.clear();
  }

  /** Goes to the next event of the record, or to what should be one; false if there is none. */
  boolean advance() {
    problem = null;
    while (record != null && template < templates.size()) {
      try {
        if (!isOpen) {
          open(templates.get(template));
        }
        while (row + 1 < rows) {
          row++;
          if (templates.get(template).takesItem(record, item())) {
            return true;
          }
        }
        firstRow += rows;
        isOpen = false;
        template++;
      } catch (BadValueException e) {
        problem = e;
        if (!isOpen) {
          template++;
        }
        return true;
      }
    }
    record = null;
    return false;
  }

  private void open(EventTemplate next) throws BadValueException {
    row = -1;
    rows = 0;
    items = null;
    if (next.takesRecord(record, refused)) {
      items = next.isOfItems() ? next.items(record) : null;
      rows = next.isOfItems() ? (items == null ? 0 : items.size()) : 1;
    }
    isOpen = true;
  }

  private SourceNode item() throws BadValueException {
    return items == null ? null : items.item(row);
  }

  /** Fills the row at hand, but for what comes from a message. */
  void fill() throws BadValueException {
    if (problem != null) {
      throw problem;
    }
    templates.get(template).fill(record, item());
  }

  /** The index of the row's kind of event among those of the mapping. */
  int kind() {
    return template;
  }

  /** The row at hand as an event, which {@link #fill} has filled. */
  Event finish(Utf8 sourceName, Integer partition, long offset) throws BadValueException {
    return templates.get(template).finish(sourceName, partition, offset, firstRow + row);
  }

  /**
   * Which item of the array that its kind of event goes through is at hand, as a message's words;
   * empty for the record as a whole.
   */
  String place() {
    return isOpen && items != null ? ", item " + row : "";
  }

  EventAssembler assembler(int kind) {
    return templates.get(kind).assembler();
  }

  long rounded() {
    return templates.stream().mapToLong(one -> one.assembler().rounded()).sum();
  }

  /** The columns that no record so far had. */
  List<AbsentColumn> absentColumns(String present) {
    return templates.stream()
        .flatMap(one -> one.absentColumns(present).stream())
        .distinct()
        .toList();
  }
}
