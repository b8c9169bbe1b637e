package org.clickmill.formats.mapping;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The columns of a Parquet schema as the paths by which a mapping names them. */
final class ParquetPaths {
  private final List<String> paths = new ArrayList<>();

  private ParquetPaths() {}

  /**
   * The paths in the order of the columns: {@code items[].sku} in a list, {@code params.KEY} for
   * the values of a map.
   */
  static List<String> of(MessageType schema) {
    var paths = new ParquetPaths();
    paths.addFields("", schema);
    return List.copyOf(paths.paths);
  }

  private void addFields(String prefix, GroupType group) {
    for (var field : group.getFields()) {
      add(prefix + SourcePath.quotedStep(field.getName()), field);
    }
  }

  private void add(String path, Type type) {
    addOne(type.isRepetition(Type.Repetition.REPEATED) ? path + "[]" : path, type);
  }

  /** Adds a type whose repetition is in its path. */
  private void addOne(String path, Type type) {
    if (type.isPrimitive()) {
      paths.add(path);
      return;
    }
    var group = type.asGroupType();
    if (ParquetTree.isList(group)) {
      addOne(path + "[]", ParquetTree.element(group));
    } else if (ParquetTree.isMap(group)) {
      add(path + ".KEY", group.getType(0).asGroupType().getType(1));
    } else {
      addFields(path + ".", group);
    }
  }
}
