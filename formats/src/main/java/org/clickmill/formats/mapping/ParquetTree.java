package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Parquet rows of one schema as trees, for mappings that go into their lists. */
final class ParquetTree {
  private final RecordEvents several;
  private final MessageType projection;
  private RecordReader<Group> rows;
  private Group row;

  /**
   * @param schema of the file
   * @param file its name, for messages
   * @throws BadValueException if it lacks a column that is mapped and not optional
   */
  ParquetTree(MessageType schema, RecordEvents several, String file) throws BadValueException {
    this.several = several;
    for (var column : several.columns()) {
      if (!column.isOptional() && !hasPathInOne(schema, column.path().steps())) {
        throw new BadValueException(column.path().text() + " in " + file + ", " + column.use());
      }
    }
    projection = new MessageType(schema.getName(), children(schema, several.names()));
  }

  /** The columns that are read. */
  MessageType projection() {
    return projection;
  }

  /** Begins with a row group. */
  void open(PageReadStore pages, String createdBy) {
    rows =
        new ColumnIOFactory(createdBy)
            .getColumnIO(projection)
            .getRecordReader(pages, new GroupRecordConverter(projection));
  }

  /** Reads the next row of the row group. */
  void read() {
    row = rows.read();
  }

  /** The row's columns, for people. */
  String text() {
    return row.toString();
  }

  /** Begins the events of the row. */
  void begin() {
    several.begin(new Record(row));
  }

  /** Whether a type can have a value there. */
  private static boolean hasPath(Type type, List<SourcePath.Step> steps) {
    boolean isArray = type.isRepetition(Type.Repetition.REPEATED);
    if (!isArray || steps.isEmpty()) {
      return hasPathInOne(type, steps);
    }
    return isIntoArray(steps) && hasPathInOne(type, steps.subList(1, steps.size()));
  }

  /** Whether one value of a type, which may be repeated, can have a value there. */
  private static boolean hasPathInOne(Type type, List<SourcePath.Step> steps) {
    if (steps.isEmpty() || steps.get(0) instanceof SourcePath.Json) {
      return true;
    }
    if (type.isPrimitive()) {
      return false;
    }
    var group = type.asGroupType();
    var rest = steps.subList(1, steps.size());
    if (isList(group)) {
      return isIntoArray(steps) && hasPathInOne(element(group), rest);
    }
    if (!(steps.get(0) instanceof SourcePath.Name name)) {
      return false;
    }
    if (isMap(group)) {
      return hasPath(group.getType(0).asGroupType().getType(1), rest);
    }
    return group.containsField(name.name()) && hasPath(group.getType(name.name()), rest);
  }

  private static boolean isIntoArray(List<SourcePath.Step> steps) {
    return steps.get(0) instanceof SourcePath.Index
        || steps.get(0) instanceof SourcePath.Each
        || steps.get(0) instanceof SourcePath.Find;
  }

  private static List<Type> children(GroupType group, SourceNames names) {
    var children = new ArrayList<Type>();
    for (var child : group.getFields()) {
      var below = names.child(child.getName());
      if (below != null) {
        children.add(pruned(child, below));
      }
    }
    return children;
  }

  /** The type with only what is read of it, and with at least one column. */
  private static Type pruned(Type type, SourceNames names) {
    if (type.isPrimitive() || names.names().isEmpty()) {
      return type;
    }
    var group = type.asGroupType();
    if (isMap(group)) {
      return type;
    }
    if (isList(group)) {
      var repeated = group.getType(0);
      return group.withNewFields(
          hasBareElements(group)
              ? pruned(repeated, names)
              : repeated.asGroupType().withNewFields(pruned(element(group), names)));
    }
    var children = children(group, names);
    return children.isEmpty() ? type : group.withNewFields(children);
  }

  static boolean isList(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && group.getType(0).isRepetition(Type.Repetition.REPEATED);
  }

  static boolean isMap(GroupType group) {
    return group.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
        && group.getFieldCount() == 1
        && !group.getType(0).isPrimitive()
        && group.getType(0).asGroupType().getFieldCount() == 2;
  }

  static Type element(GroupType list) {
    var repeated = list.getType(0);
    return hasBareElements(list) ? repeated : repeated.asGroupType().getType(0);
  }

  /** Whether a list has two levels, as old writers have it, and not a group around each element. */
  private static boolean hasBareElements(GroupType list) {
    var repeated = list.getType(0);
    return repeated.isPrimitive()
        || repeated.asGroupType().getFieldCount() != 1
        || repeated.getName().equals("array")
        || repeated.getName().equals(list.getName() + "_tuple");
  }

  private static SourceNode nodeOf(Group group, int field) {
    var type = group.getType().getType(field);
    if (type.isRepetition(Type.Repetition.REPEATED)) {
      return new Array(group, field, false);
    }
    return group.getFieldRepetitionCount(field) == 0
        ? SourceNode.NULL
        : valueOf(group, field, 0, type);
  }

  private static SourceNode valueOf(Group group, int field, int index, Type type) {
    if (type.isPrimitive()) {
      var column =
          new ColumnDescriptor(new String[] {type.getName()}, type.asPrimitiveType(), 0, 0);
      return new Single(group, field, index, new ParquetValue(column, 0));
    }
    var nested = group.getGroup(field, index);
    if (isList(type.asGroupType())) {
      return new Array(nested, 0, !hasBareElements(type.asGroupType()));
    }
    return isMap(type.asGroupType()) ? new Entries(nested) : new Record(nested);
  }

  private record Record(Group group) implements SourceNode.Branch {
    @Override
    public SourceNode child(String name) {
      return group.getType().containsField(name)
          ? nodeOf(group, group.getType().getFieldIndex(name))
          : null;
    }
  }

  /** A map, whose entries have a key and a value. */
  private record Entries(Group group) implements SourceNode.Branch {
    @Override
    public SourceNode child(String name) {
      for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
        var entry = group.getGroup(0, i);
        if (entry.getValueToString(0, 0).equals(name)) {
          return nodeOf(entry, 1);
        }
      }
      return null;
    }
  }

  /**
   * The values of a repeated field.
   *
   * @param areWrapped whether the items are the one field of each of them
   */
  private record Array(Group group, int field, boolean areWrapped) implements SourceNode.Items {
    @Override
    public int size() {
      return group.getFieldRepetitionCount(field);
    }

    @Override
    public SourceNode item(int index) {
      return areWrapped
          ? nodeOf(group.getGroup(field, index), 0)
          : valueOf(group, field, index, group.getType().getType(field));
    }
  }

  private record Single(Group group, int field, int index, ParquetValue value)
      implements SourceNode.Leaf {
    @Override
    public boolean isNull() {
      return false;
    }

    @Override
    public void put(FieldSetter setter) throws BadValueException {
      value.put(setter, group, field, index);
    }
  }
}
