package org.clickmill.formats.table;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;

/** Events as rows of a table. */
public final class EventRows {
  /** The columns of {@code events_daily}. */
  public static final TableSchema SCHEMA = TableSchema.of(Event.getClassSchema());

  public static final int EVENT_TIME = EventColumn.EVENT_TIME.position();
  public static final int VISITOR_ID = EventColumn.VISITOR_ID.position();
  public static final int USER_ID = EventColumn.USER_ID.position();
  public static final int EVENT_ID = EventColumn.EVENT_ID.position();

  private EventRows() {}

  /**
   * Fails if a file of events has a column that this version has no place for: it would be lost.
   *
   * @param columns those of the file
   * @throws ClickmillException naming the file and the column
   */
  public static void checkColumns(String path, List<String> columns) {
    for (var column : columns) {
      if (!SCHEMA.contains(column)) {
        throw ClickmillException.failed(
            "Cannot read %s: unknown field '%s' (written by a newer suite?)", path, column);
      }
    }
  }

  /** Fills a row of {@link #SCHEMA} from an event. */
  public static void fill(Row row, Event event) {
    for (var column : EventColumn.values()) {
      var value = event.get(column.position());
      switch (column.kind()) {
        case STRING -> setText(row, column.position(), (Utf8) value);
        case TIME -> row.setLong(column.position(), ((Instant) value).toEpochMilli());
        case MONEY ->
            setLong(
                row, column.position(), value == null ? null : Money.fromAvro((ByteBuffer) value));
        case INT, LONG ->
            setLong(row, column.position(), value == null ? null : ((Number) value).longValue());
      }
    }
  }

  public static void setText(Row row, int ordinal, Utf8 text) {
    if (text == null) {
      row.setNull(ordinal);
    } else {
      row.setText(ordinal, text.getBytes(), 0, text.getByteLength());
    }
  }

  public static void setLong(Row row, int ordinal, Long value) {
    if (value == null) {
      row.setNull(ordinal);
    } else {
      row.setLong(ordinal, value);
    }
  }
}
