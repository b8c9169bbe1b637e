package org.clickmill.formats.read;

import java.util.Arrays;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.write.EventRows;
import org.clickmill.formats.write.Row;

/**
 * A batch of events in all their columns: compared, encoded and copied by row number, without an
 * object for each event.
 */
public final class EventBatch {
  private final int size;
  private final long[] eventTimes;
  private final Text[] identity;
  private final Number price;
  private final Number quantity;
  private final Text[] details;
  private final Text sourceName;
  private final Number sourcePartition;
  private final Number sourceOffset;

  private EventBatch(ColumnBatch batch) {
    size = batch.size();
    eventTimes = batch.longs("event_time").values();
    identity =
        texts(
            batch, "event_type", "product_id", "visitor_id", "user_id", "user_session", "order_id");
    price = new Number(batch, "price");
    quantity = new Number(batch, "quantity");
    details = texts(batch, "brand", "category_code", "category_id", "event_id");
    sourceName = new Text(batch, "source_name");
    sourcePartition = new Number(batch, "source_partition");
    sourceOffset = new Number(batch, "source_offset");
  }

  /** The events of a batch with all columns of {@link EventRows#SCHEMA}. */
  public static EventBatch of(ColumnBatch batch) {
    return new EventBatch(batch);
  }

  /** Number of events. */
  public int size() {
    return size;
  }

  /** The event_time of a row, in milliseconds since the epoch. */
  public long eventTime(int row) {
    return eventTimes[row];
  }

  /**
   * Compares two events as their {@link EventKey}s do: in content order, and those with the same
   * content by their source.
   */
  public int compare(int row, EventBatch other, int otherRow) {
    int order = Long.compare(eventTimes[row], other.eventTimes[otherRow]);
    for (int i = 0; order == 0 && i < identity.length; i++) {
      order = identity[i].compare(row, other.identity[i], otherRow);
    }
    if (order == 0) {
      order = price.compare(row, other.price, otherRow);
    }
    if (order == 0) {
      order = quantity.compare(row, other.quantity, otherRow);
    }
    for (int i = 0; order == 0 && i < details.length; i++) {
      order = details[i].compare(row, other.details[i], otherRow);
    }
    if (order == 0) {
      order = sourceName.compare(row, other.sourceName, otherRow);
    }
    if (order == 0) {
      order = sourcePartition.compare(row, other.sourcePartition, otherRow);
    }
    return order != 0 ? order : sourceOffset.compare(row, other.sourceOffset, otherRow);
  }

  /** Encodes the content of an event, all but where it comes from, as a key. */
  public void encodeContent(int row, EventKey key) {
    key.begin(eventTimes[row]);
    for (var text : identity) {
      text.encode(row, key);
    }
    if (price.column.isNull(row)) {
      key.addNull();
    } else {
      key.addLong(price.values[row]);
    }
    key.addQuantity((int) quantity.values[row]);
    for (var text : details) {
      text.encode(row, key);
    }
    key.endContent();
  }

  /** Fills a row of {@link EventRows#SCHEMA} from an event. */
  public void fill(int row, Row target) {
    target.setLong(EventRows.EVENT_TIME, eventTimes[row]);
    for (var text : identity) {
      text.fill(row, target);
    }
    price.fill(row, target);
    quantity.fill(row, target);
    for (var text : details) {
      text.fill(row, target);
    }
    sourceName.fill(row, target);
    sourcePartition.fill(row, target);
    sourceOffset.fill(row, target);
  }

  /** Estimated bytes of memory that the events take. */
  public long memoryBytes() {
    long bytes = (long) Long.BYTES * eventTimes.length + sourceName.memoryBytes();
    for (var text : identity) {
      bytes += text.memoryBytes();
    }
    for (var text : details) {
      bytes += text.memoryBytes();
    }
    // A number's NULLs are a byte each.
    return bytes + 4L * (Long.BYTES + 1) * eventTimes.length;
  }

  private static Text[] texts(ColumnBatch batch, String... names) {
    return Arrays.stream(names).map(name -> new Text(batch, name)).toArray(Text[]::new);
  }

  /** A column of numbers. */
  private static final class Number {
    private final int ordinal;
    private final LongColumn column;
    private final long[] values;

    Number(ColumnBatch batch, String name) {
      ordinal = EventRows.SCHEMA.ordinal(name);
      column = batch.longs(name);
      values = column.values();
    }

    int compare(int row, Number other, int otherRow) {
      boolean isNull = column.isNull(row);
      boolean isOtherNull = other.column.isNull(otherRow);
      if (isNull || isOtherNull) {
        return Boolean.compare(isOtherNull, isNull);
      }
      return Long.compare(values[row], other.values[otherRow]);
    }

    void fill(int row, Row target) {
      if (column.isNull(row)) {
        target.setNull(ordinal);
      } else {
        target.setLong(ordinal, values[row]);
      }
    }
  }

  /** A column of texts. */
  private static final class Text {
    private final int ordinal;
    private final StringColumn column;
    private final int[] ids;
    private final byte[] bytes;
    private final boolean isPlain;

    Text(ColumnBatch batch, String name) {
      ordinal = EventRows.SCHEMA.ordinal(name);
      column = batch.strings(name);
      ids = column.ids();
      bytes = column.bytes();
      int entries = column.dictionarySize();
      isPlain = entries == 0 || EventKey.isPlain(bytes, column.offset(0), column.offset(entries));
    }

    int compare(int row, Text other, int otherRow) {
      int id = ids[row];
      int otherId = other.ids[otherRow];
      if (id == otherId && column == other.column) {
        return 0;
      }
      if (id == StringColumn.NULL || otherId == StringColumn.NULL) {
        return Boolean.compare(id != StringColumn.NULL, otherId != StringColumn.NULL);
      }
      return Arrays.compareUnsigned(
          bytes,
          column.offset(id),
          column.offset(id) + column.length(id),
          other.bytes,
          other.column.offset(otherId),
          other.column.offset(otherId) + other.column.length(otherId));
    }

    void encode(int row, EventKey key) {
      int id = ids[row];
      if (id == StringColumn.NULL) {
        key.addNull();
      } else if (isPlain) {
        key.addPlainText(bytes, column.offset(id), column.length(id));
      } else {
        key.addText(bytes, column.offset(id), column.length(id));
      }
    }

    void fill(int row, Row target) {
      int id = ids[row];
      if (id == StringColumn.NULL) {
        target.setNull(ordinal);
      } else {
        target.setText(ordinal, bytes, column.offset(id), column.length(id));
      }
    }

    long memoryBytes() {
      return (long) Integer.BYTES * (ids.length + column.dictionarySize()) + bytes.length;
    }
  }
}
