package org.clickmill.formats.read;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.TableSchema;

/** Batches as rows of texts, so that two of them can be compared. */
final class Batches {
  private Batches() {}

  static List<String> rows(ColumnBatch batch, TableSchema schema, List<String> columns) {
    var rows = new ArrayList<String>();
    for (int row = 0; row < batch.size(); row++) {
      var text = new StringBuilder();
      for (var column : columns) {
        text.append(column).append('=').append(value(batch, schema, column, row)).append(' ');
      }
      rows.add(text.toString());
    }
    return rows;
  }

  private static String value(ColumnBatch batch, TableSchema schema, String name, int row) {
    var type = schema.columns().get(schema.ordinal(name)).type();
    if (type.isBytes()) {
      var strings = batch.strings(name);
      var text = strings.text(strings.ids()[row]);
      return text == null ? "NULL" : "'" + text + "'";
    }
    if (type.isDouble()) {
      var doubles = batch.doubles(name);
      return doubles.isNull(row) ? "NULL" : Double.toString(doubles.values()[row]);
    }
    var longs = batch.longs(name);
    return longs.isNull(row) ? "NULL" : Long.toString(longs.values()[row]);
  }
}
