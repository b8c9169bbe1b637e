package org.clickmill.formats.read;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.BatchReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.LongColumn;
import org.clickmill.formats.table.StringColumn;

/**
 * Reads the events of an Avro hour or a Parquet day one by one. Strict about what it does not know:
 * a field that this version has no place for is an error rather than lost. Fields that are missing
 * are filled with their defaults, ints become longs.
 */
public final class EventFileReader implements Closeable {
  private final BatchReader reader;
  private int rows;
  private int row;

  /** Each a TextCursor or a LongColumn; null where the file lacks the column. */
  private final Object[] columns = new Object[EventColumn.values().length];

  private EventFileReader(BatchReader reader) {
    this.reader = reader;
  }

  /**
   * Opens a file of events.
   *
   * @throws ClickmillException if it cannot be read, or has a field that is not known here
   */
  public static EventFileReader open(
      FileSystem fileSystem, InputFile file, Configuration configuration) throws IOException {
    return open(fileSystem, file, 0, file.bytes(), configuration);
  }

  /** Opens the part of a file that belongs to a range of its bytes. */
  public static EventFileReader open(
      FileSystem fileSystem, InputFile file, long start, long end, Configuration configuration)
      throws IOException {
    var request = BatchRequest.all(EventRows.SCHEMA);
    var reader = BatchFiles.open(fileSystem, file, start, end, request, configuration);
    try {
      EventRows.checkColumns(file.path(), reader.fileColumns());
    } catch (ClickmillException e) {
      reader.close();
      throw e;
    }
    return new EventFileReader(reader);
  }

  /**
   * The next event, or null at the end.
   *
   * @param reuse an event to fill and return, or null for a new one. Its texts are shared between
   *     events and must not be changed.
   */
  public Event next(Event reuse) throws IOException {
    if (row == rows && !nextBatch()) {
      return null;
    }
    var event = reuse == null ? new Event() : reuse;
    for (var column : EventColumn.values()) {
      event.put(column.position(), value(column));
    }
    row++;
    return event;
  }

  /** The extra columns that the file has. */
  public Set<EventColumn> extraColumns() {
    return EventColumn.extra(reader.fileColumns());
  }

  private Object value(EventColumn column) {
    var values = columns[column.position()];
    if (values == null) {
      return column.isNullable() ? null : (Object) 0;
    }
    if (values instanceof TextCursor texts) {
      return texts.at(row);
    }
    var numbers = (LongColumn) values;
    if (numbers.isNull(row)) {
      return null;
    }
    long value = numbers.values()[row];
    return switch (column.kind()) {
      case TIME -> Instant.ofEpochMilli(value);
      case MONEY -> Money.toAvro(value);
      case INT -> (int) value;
      case LONG, STRING -> value;
    };
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean nextBatch() throws IOException {
    row = 0;
    rows = 0;
    if (!reader.next()) {
      return false;
    }
    var batch = reader.batch();
    rows = batch.size();
    for (var column : EventColumn.values()) {
      columns[column.position()] =
          EventColumn.EXTRA.contains(column) && !batch.isInFile(column.text())
              ? null
              : column.kind() == EventColumn.Kind.STRING
                  ? new TextCursor(batch.strings(column.text()))
                  : batch.longs(column.text());
    }
    return true;
  }

  /** The texts of a column, each made once. */
  private static final class TextCursor {
    private final StringColumn column;
    private final Utf8[] texts;

    TextCursor(StringColumn column) {
      this.column = column;
      this.texts = new Utf8[column.dictionarySize()];
    }

    Utf8 at(int row) {
      int id = column.ids()[row];
      if (id == StringColumn.NULL) {
        return null;
      }
      if (texts[id] == null) {
        int start = column.offset(id);
        texts[id] = new Utf8(Arrays.copyOfRange(column.bytes(), start, start + column.length(id)));
      }
      return texts[id];
    }
  }
}
