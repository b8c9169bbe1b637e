package org.clickmill.drivers.report;

import java.util.ArrayList;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.table.TableSchema;

/** Columns of tables that other modules make, as far as the report reads them. */
final class TableColumns {
  private TableColumns() {}

  /**
   * A schema.
   *
   * @param columns each a name and a type: {@code int}, {@code long}, {@code double}, {@code
   *     boolean}, {@code string} or {@code money}, with a question mark if it may be NULL
   */
  static TableSchema of(String table, String... columns) {
    var fields = new ArrayList<Schema.Field>();
    for (var column : columns) {
      var parts = column.split(" ");
      boolean isNullable = parts[1].endsWith("?");
      var type = type(isNullable ? parts[1].substring(0, parts[1].length() - 1) : parts[1]);
      fields.add(
          new Schema.Field(
              parts[0],
              isNullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type));
    }
    return TableSchema.of(Schema.createRecord(table, null, "test", false, fields));
  }

  private static Schema type(String name) {
    if (name.equals("money")) {
      return LogicalTypes.decimal(Money.PRECISION, Money.SCALE)
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    return new Schema.Parser().parse('"' + name + '"');
  }
}
