package org.clickmill.jobs.groupby;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Inputs;
import org.clickmill.jobs.kernel.Table;

/** An analysis whose tables are made up by tests. */
final class Declared extends GroupBy<ListRows> {
  private final List<Table> tables = new ArrayList<>();
  private final Map<String, Consumer<Grouping<ListRows>>> declarations = new LinkedHashMap<>();

  Declared() {
    super("made-up", ListRows::new);
  }

  /**
   * Adds a table.
   *
   * @param columns such as "product_id string, first_time time?", in which ? is for NULL
   */
  Declared table(String dataset, String columns, Consumer<Grouping<ListRows>> declaration) {
    tables.add(
        Table.daily(dataset, schema(dataset, columns), Inputs.day("events_daily"), 1, List.of()));
    declarations.put(dataset, declaration);
    return this;
  }

  private static TableSchema schema(String dataset, String columns) {
    var fields = new ArrayList<Field>();
    for (var column : columns.split(", ")) {
      var words = column.split(" ");
      boolean isNullable = words[1].endsWith("?");
      var type = type(words[1].replace("?", ""));
      fields.add(
          new Field(
              words[0],
              isNullable ? Schema.createUnion(Schema.create(Schema.Type.NULL), type) : type));
    }
    return TableSchema.of(Schema.createRecord(dataset, "", "", false, fields));
  }

  private static Schema type(String name) {
    return switch (name) {
      case "money" -> LogicalTypes.decimal(18, 4).addToSchema(Schema.create(Schema.Type.BYTES));
      case "time" -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      default -> Schema.create(Schema.Type.valueOf(name.toUpperCase(java.util.Locale.ROOT)));
    };
  }

  @Override
  public List<Table> tables() {
    return tables;
  }

  @Override
  protected void declare(Grouping<ListRows> rows) {
    declarations.get(rows.table().dataset()).accept(rows);
  }
}
