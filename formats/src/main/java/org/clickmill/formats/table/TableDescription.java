package org.clickmill.formats.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * What a table and its columns mean to those who query it, as the table's Avro record declares it:
 * the record's {@code doc}, {@code key} and {@code internal}, and each field's {@code doc} and
 * {@code personal}.
 *
 * @param text what a row is
 * @param isInternal whether only other tables are made from it, so that its columns may change
 * @param key the columns that identify a row within its partition: none of them where a partition
 *     has one row at most; empty where rows may be equal
 * @param columns in their order on disk
 */
public record TableDescription(
    String text, boolean isInternal, Optional<List<String>> key, List<Column> columns) {
  private static final String KEY = "key";
  private static final String NO_KEY = "none";
  private static final String INTERNAL = "internal";
  static final String PERSONAL = "personal";

  /**
   * A column.
   *
   * @param isNullable whether a row may have no value
   * @param isPersonal whether it holds, or is derived from, a key of a user, visitor or order, or
   *     free text
   * @param text what its values are, with their unit
   */
  public record Column(
      String name, Type type, boolean isNullable, boolean isPersonal, String text) {}

  public TableDescription {
    key = key.map(List::copyOf);
    columns = List.copyOf(columns);
  }

  /**
   * Reads the description of a table.
   *
   * @throws IllegalArgumentException if the table has no description or key, or a column has no
   *     description or does not say whether it is personal
   */
  public static TableDescription of(TableSchema schema) {
    var avro = schema.avro();
    return new TableDescription(
        text(avro.getDoc(), "table " + schema.name()),
        Boolean.TRUE.equals(avro.getObjectProp(INTERNAL)),
        key(schema),
        schema.columns().stream().map(column -> column(schema, column)).toList());
  }

  /** The same columns in a table whose rows are described otherwise. */
  public TableDescription withText(String other) {
    return new TableDescription(other, isInternal, key, columns);
  }

  /** The names of the columns that are personal. */
  public List<String> personalColumns() {
    return columns.stream().filter(Column::isPersonal).map(Column::name).toList();
  }

  /** A described column of a schema that is put together in code; it is not personal. */
  public static Schema.Field field(String name, Schema type, String text) {
    var field = new Schema.Field(name, type, text);
    field.addProp(PERSONAL, false);
    return field;
  }

  /**
   * A described record that is put together in code.
   *
   * @param like where its name and its other properties are from
   * @param key the columns that identify a row within its partition
   */
  public static Schema record(
      Schema like, String text, List<String> key, List<Schema.Field> fields) {
    var schema =
        Schema.createRecord(
            like.getName(), text, like.getNamespace(), false, new ArrayList<>(fields));
    like.getObjectProps().entrySet().stream()
        .filter(property -> !property.getKey().equals(KEY))
        .forEach(property -> schema.addProp(property.getKey(), property.getValue()));
    schema.addProp(KEY, key);
    return schema;
  }

  private static Optional<List<String>> key(TableSchema schema) {
    var declared = schema.avro().getObjectProp(KEY);
    if (NO_KEY.equals(declared)) {
      return Optional.empty();
    }
    if (!(declared instanceof List<?> names)) {
      throw new IllegalArgumentException(
          "Missing key of table "
              + schema.name()
              + ": name its columns in the schema's property key, or '"
              + NO_KEY
              + "'");
    }
    var key = names.stream().map(Object::toString).collect(Collectors.toList());
    key.forEach(schema::ordinal);
    return Optional.of(key);
  }

  private static Column column(TableSchema schema, TableSchema.Column column) {
    var field = schema.avro().getField(column.name());
    var what = "column " + column.name() + " of table " + schema.name();
    if (!(field.getObjectProp(PERSONAL) instanceof Boolean isPersonal)) {
      throw new IllegalArgumentException(
          "Missing mark of " + what + ": its field in the schema must say personal, true or false");
    }
    return new Column(
        column.name(), column.type(), column.nullable(), isPersonal, text(field.doc(), what));
  }

  private static String text(String doc, String what) {
    if (doc == null || doc.isBlank()) {
      throw new IllegalArgumentException(
          "Missing description of " + what + ": its schema has no doc");
    }
    return doc;
  }
}
