package org.clickmill.formats.read.streaming;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.io.Text;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * The events of a batch as JSON objects, one a line. Columns that most shops do not have are in an
 * object only where they have a value.
 */
final class EventLines {
  private final List<Field> fields = new ArrayList<>();
  private final JsonLine line = new JsonLine();

  EventLines(ColumnBatch batch) {
    for (var column : EventRows.SCHEMA.columns()) {
      var name = column.name();
      boolean isExtra = !EventColumn.extra(List.of(name)).isEmpty();
      if (isExtra && !batch.isInFile(name)) {
        continue;
      }
      boolean isText = column.type().isBytes();
      fields.add(
          new Field(
              JsonLine.utf8((fields.isEmpty() ? "{\"" : ",\"") + name + "\":"),
              column.type(),
              isText ? batch.strings(name) : null,
              isText ? null : batch.longs(name),
              isExtra,
              column.nullable()));
    }
  }

  /** Writes the event of a row. */
  void write(int row, Text target) {
    line.clear();
    for (var field : fields) {
      if (field.isExtra() && !field.hasValue(row)) {
        continue;
      }
      line.put(field.label());
      if (field.strings() != null) {
        putText(field.strings(), row);
      } else {
        putNumber(field, row);
      }
    }
    line.put('}');
    target.set(line.bytes(), 0, line.length());
  }

  private void putText(StringColumn column, int row) {
    int id = column.ids()[row];
    if (id == StringColumn.NULL) {
      line.putNull();
    } else {
      line.putText(column.bytes(), column.offset(id), column.length(id));
    }
  }

  private void putNumber(Field field, int row) {
    long value = field.longs().values()[row];
    if (field.longs().isNull(row)) {
      line.putNull();
    } else if (field.type() == Type.TIME) {
      line.putTime(value);
    } else if (field.type() == Type.MONEY) {
      line.putMoney(value);
    } else {
      line.putNumber(value);
    }
  }

  private record Field(
      byte[] label,
      Type type,
      StringColumn strings,
      LongColumn longs,
      boolean isExtra,
      boolean isNullable) {
    /** Whether a row has a value in this extra column; source_item 0 is none. */
    private boolean hasValue(int row) {
      return strings != null
          ? strings.ids()[row] != StringColumn.NULL
          : !longs.isNull(row) && (longs.values()[row] != 0 || isNullable);
    }
  }
}
