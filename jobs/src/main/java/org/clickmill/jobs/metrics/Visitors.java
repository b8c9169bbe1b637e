package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.Dictionaries;
import org.clickmill.jobs.expression.TextVector;

/** The visitor of each row of a batch: visitor_id, else user_id, else user_session. */
final class Visitors {
  static final String NAME = "visitor";
  static final List<String> COLUMNS = List.of("visitor_id", "user_id", "user_session");

  private final List<StringColumn> columns = new ArrayList<>();

  /** The texts of all three; made when a row is met that has no visitor_id. */
  private StringColumn together;

  void begin(ColumnBatch batch) {
    columns.clear();
    COLUMNS.forEach(name -> columns.add(batch.strings(name)));
    together = null;
  }

  void texts(int[] batchRows, int[] rows, int size, TextVector to) {
    BatchColumns.texts(columns.get(0), batchRows, rows, size, to);
    var ids = to.ids();
    int first = 0;
    while (first < size && ids[first] != StringColumn.NULL) {
      first++;
    }
    if (first == size) {
      return;
    }
    if (together == null) {
      together = Dictionaries.concatenated(columns);
    }
    // The ids of visitor_ids stay what they are.
    to.reset(together, size);
    int before = 0;
    for (var column : columns) {
      var others = column.ids();
      for (int i = first; i < size; i++) {
        int id = others[batchRows[rows[i]]];
        if (ids[i] == StringColumn.NULL && id != StringColumn.NULL) {
          ids[i] = before + id;
        }
      }
      before += column.dictionarySize();
    }
  }
}
