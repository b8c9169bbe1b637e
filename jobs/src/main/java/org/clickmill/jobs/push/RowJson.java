package org.clickmill.jobs.push;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.read.streaming.JsonLine;
import org.clickmill.formats.table.TableSchema.Column;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * Rows of a table as JSON. Money is a number with all its digits, a time is as {@code
 * "2019-10-01T00:00:00.000Z"}, a day as {@code "2019-10-01"}, bytes are Base64. A column that a
 * file does not have is null.
 */
final class RowJson {
  private final List<Column> columns;
  private final byte[][] labels;
  private final int[] key;
  private final byte[] table;
  private final JsonLine line = new JsonLine();
  private final PresentColumns present = new PresentColumns();

  RowJson(PushTable table) {
    this.columns = table.schema().columns();
    this.labels =
        columns.stream()
            .map(column -> JsonLine.utf8(",\"" + column.name() + "\":"))
            .toArray(byte[][]::new);
    this.key = table.key().orElseThrow().stream().mapToInt(table.schema()::ordinal).toArray();
    this.table = JsonLine.utf8("{\"_table\":\"" + table.dataset() + "\"");
  }

  /** The key of a row: the table, the day of its partition and the table's key columns. */
  byte[] key(TableReader row, byte[] day) {
    line.clear();
    line.put(table);
    putDay(day);
    for (int column : key) {
      putColumn(row, column);
    }
    line.put('}');
    return copy();
  }

  /** The end of an object with the day of the partition and all columns: it begins with a comma. */
  byte[] columns(TableReader row, byte[] day) {
    line.clear();
    putDay(day);
    for (int column = 0; column < labels.length; column++) {
      putColumn(row, column);
    }
    line.put('}');
    return copy();
  }

  private void putDay(byte[] day) {
    line.put(JsonLine.utf8(",\"dt\":"));
    line.putText(day, 0, day.length);
  }

  private void putColumn(TableReader row, int ordinal) {
    line.put(labels[ordinal]);
    var column = columns.get(ordinal);
    var name = column.name();
    if (!present.has(row, name)) {
      line.putNull();
      return;
    }
    switch (column.type()) {
      case INT, LONG -> line.putNumber(row.longValue(name));
      case MONEY -> line.putMoney(row.longValue(name));
      case TIME -> line.putTime(row.longValue(name));
      case DATE -> line.put(JsonLine.utf8("\"" + row.date(name) + "\""));
      case BOOLEAN -> line.put(JsonLine.utf8(Boolean.toString(row.booleanValue(name))));
      case FLOAT, DOUBLE -> putDouble(row.doubleValue(name), column.type() == Type.FLOAT);
      case STRING -> {
        byte[] text = row.bytes(name);
        line.putText(text, 0, text.length);
      }
      case BINARY -> {
        line.put('"');
        line.put(Base64.getEncoder().encode(row.bytes(name)));
        line.put('"');
      }
    }
  }

  private void putDouble(double value, boolean isFloat) {
    if (!Double.isFinite(value)) {
      line.putNull();
    } else {
      line.put(JsonLine.utf8(isFloat ? Float.toString((float) value) : Double.toString(value)));
    }
  }

  private byte[] copy() {
    return Arrays.copyOf(line.bytes(), line.length());
  }
}
