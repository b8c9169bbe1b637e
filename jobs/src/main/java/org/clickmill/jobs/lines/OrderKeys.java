package org.clickmill.jobs.lines;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.expression.Dictionaries;

/**
 * Names the orders of lines: after the order_id; without one, after the visitor and the session;
 * without that, after the place that the line's event came from.
 */
public final class OrderKeys {
  /** The columns that are read besides those of {@link OrderLines}. */
  public static final List<String> COLUMNS =
      List.of("source_name", "source_partition", "source_offset", "source_item");

  private static final List<String> VISITOR = List.of("visitor_id", "user_id", "user_session");

  private OrderKeys() {}

  /**
   * A text for each line, whose id is the line's number.
   *
   * @param rows the batch's rows that have the lines
   */
  public static StringColumn of(ColumnBatch batch, int[] rows, int lines) {
    var builder = new Dictionaries.Builder(lines);
    var orders = batch.strings("order_id");
    var sessions = batch.strings("user_session");
    for (int line = 0; line < lines; line++) {
      int row = rows[line];
      if (orders.ids()[row] != StringColumn.NULL) {
        append(builder, "order:");
        append(builder, orders, row);
      } else if (sessions.ids()[row] != StringColumn.NULL) {
        var visitors = visitors(batch, row);
        append(builder, "session:" + visitors.length(visitors.ids()[row]) + ":");
        append(builder, visitors, row);
        append(builder, ":");
        append(builder, sessions, row);
      } else {
        appendPlace(builder, batch, row);
      }
      builder.end();
    }
    return builder.build();
  }

  /** The column that says who has the session of a row. */
  private static StringColumn visitors(ColumnBatch batch, int row) {
    return VISITOR.stream()
        .map(batch::strings)
        .filter(column -> column.ids()[row] != StringColumn.NULL)
        .findFirst()
        .orElseThrow();
  }

  private static void appendPlace(Dictionaries.Builder builder, ColumnBatch batch, int row) {
    append(builder, "line:");
    var names = batch.strings(COLUMNS.get(0));
    if (names.ids()[row] != StringColumn.NULL) {
      append(builder, names, row);
    }
    for (var name : COLUMNS.subList(1, COLUMNS.size())) {
      var numbers = batch.longs(name);
      append(builder, numbers.isNull(row) ? ":" : ":" + numbers.values()[row]);
    }
  }

  private static void append(Dictionaries.Builder builder, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    builder.append(bytes, 0, bytes.length);
  }

  private static void append(Dictionaries.Builder builder, StringColumn column, int row) {
    int id = column.ids()[row];
    builder.append(column.bytes(), column.offset(id), column.length(id));
  }
}
