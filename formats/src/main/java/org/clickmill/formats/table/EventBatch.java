package org.clickmill.formats.table;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;

/**
 * A batch of events in all their columns, encoded by row number without an object for each event.
 */
public final class EventBatch {
  private static final Hasher128 EVENT_ID_HASHER = Hashing.murmur3_128();

  /** The kinds of visitors, in the order of their columns in the identity. */
  private static final byte[] VISITOR_KINDS = {
    VisitorHash.VISITOR_ID, VisitorHash.USER_ID, VisitorHash.USER_SESSION
  };

  private static final int FIRST_VISITOR = 2;

  /** Place of event_id in the details. */
  private static final int EVENT_ID = 3;

  private final int size;
  private final long[] eventTimes;
  private final Text[] identity;
  private final Number price;
  private final Number quantity;
  private final Text[] details;
  private final Text sourceName;
  private final Number sourcePartition;
  private final Number sourceOffset;

  /** Null if all are 0. */
  private final Number sourceItem;

  /** In the order of the key; null where no row has a value, and altogether if none is there. */
  private final Object[] optional;

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
    sourceItem = batch.isInFile("source_item") ? new Number(batch, "source_item") : null;
    optional = optional(batch);
  }

  private static Object[] optional(ColumnBatch batch) {
    var columns = new Object[EventColumn.OPTIONAL.size()];
    boolean isThere = false;
    for (int i = 0; i < columns.length; i++) {
      var column = EventColumn.OPTIONAL.get(i);
      if (batch.isInFile(column.text())) {
        isThere = true;
        columns[i] =
            column.kind() == EventColumn.Kind.STRING
                ? new Text(batch, column.text())
                : new Number(batch, column.text());
      }
    }
    return isThere ? columns : null;
  }

  /** The events of a batch with all columns of an event. */
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
    if (optional != null && hasOptional(row)) {
      encodeOptional(row, key);
    }
    key.endContent();
  }

  private boolean hasOptional(int row) {
    for (var column : optional) {
      if (column instanceof Text text && text.ids[row] != StringColumn.NULL
          || column instanceof Number number && !number.column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  private void encodeOptional(int row, EventKey key) {
    key.beginOptional();
    for (var column : optional) {
      if (column instanceof Text text) {
        text.encode(row, key);
      } else if (column instanceof Number number && !number.column.isNull(row)) {
        key.addInt((int) number.values[row]);
      } else {
        key.addNull();
      }
    }
  }

  /** Encodes an event and where it comes from as a key. */
  public void encode(int row, EventKey key) {
    encodeContent(row, key);
    sourceName.encode(row, key);
    if (sourcePartition.column.isNull(row)) {
      key.addNull();
    } else {
      key.addInt((int) sourcePartition.values[row]);
    }
    if (sourceOffset.column.isNull(row)) {
      key.addNull();
    } else {
      key.addLong(sourceOffset.values[row]);
    }
    key.addItem(sourceItem == null ? 0 : (int) sourceItem.values[row]);
  }

  /**
   * Encodes an event as a key of its day.
   *
   * @param day since the epoch
   * @param event is used on the way
   */
  public void encode(int row, int day, EventKey event, ClusterKey key) {
    encode(row, event);
    for (int i = 0; i < VISITOR_KINDS.length; i++) {
      var visitor = identity[FIRST_VISITOR + i];
      int id = visitor.ids[row];
      if (id != StringColumn.NULL) {
        var column = visitor.column;
        key.set(day, VISITOR_KINDS[i], visitor.bytes, column.offset(id), column.length(id), event);
        return;
      }
    }
    key.setWithoutVisitor(day, event);
  }

  /**
   * The {@link VisitorHash} of an event.
   *
   * @param event is used on the way
   */
  public long visitorHash(int row, EventKey event) {
    for (int i = 0; i < VISITOR_KINDS.length; i++) {
      var visitor = identity[FIRST_VISITOR + i];
      int id = visitor.ids[row];
      if (id != StringColumn.NULL) {
        var column = visitor.column;
        return VisitorHash.of(
            VISITOR_KINDS[i], visitor.bytes, column.offset(id), column.length(id));
      }
    }
    encodeContent(row, event);
    return VisitorHash.of(VisitorHash.NONE, event.bytes(), 0, event.contentLength());
  }

  /** Whether an event has an event_id. */
  public boolean hasEventId(int row) {
    return details[EVENT_ID].ids[row] != StringColumn.NULL;
  }

  /** The 128-bit hash of the event_id of a row that has one. */
  public HashValue128 eventIdHash(int row) {
    var text = details[EVENT_ID];
    int id = text.ids[row];
    return EVENT_ID_HASHER.hashBytesTo128Bits(
        text.bytes, text.column.offset(id), text.column.length(id));
  }

  private static Text[] texts(ColumnBatch batch, String... names) {
    return Arrays.stream(names).map(name -> new Text(batch, name)).toArray(Text[]::new);
  }

  /** A column of numbers. */
  private static final class Number {
    private final LongColumn column;
    private final long[] values;

    Number(ColumnBatch batch, String name) {
      column = batch.longs(name);
      values = column.values();
    }
  }

  /** A column of texts. */
  private static final class Text {
    private final StringColumn column;
    private final int[] ids;
    private final byte[] bytes;
    private final boolean isPlain;

    Text(ColumnBatch batch, String name) {
      column = batch.strings(name);
      ids = column.ids();
      bytes = column.bytes();
      int entries = column.dictionarySize();
      isPlain = entries == 0 || EventKey.isPlain(bytes, column.offset(0), column.offset(entries));
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
  }
}
