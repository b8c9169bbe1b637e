package org.clickmill.formats.avro;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.List;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;

/** The values of one event in all columns, and the keys that are made of them. */
final class EventValues {
  private static final Hasher128 EVENT_ID_HASHER = Hashing.murmur3_128();

  /** The kinds of visitors, in the order in which their columns are asked for. */
  private static final byte[] VISITOR_KINDS = {
    VisitorHash.VISITOR_ID, VisitorHash.USER_ID, VisitorHash.USER_SESSION
  };

  private final EventValue[] values = new EventValue[EventColumn.values().length];
  private final EventValue[] identity;
  private final EventValue[] details;
  private final EventValue[] visitors;

  /** In the order of the key; empty if the file has none of them. */
  private final EventValue[] optional;

  /**
   * @param names the columns of the file; the others have the value of a file without them
   */
  EventValues(List<String> names) {
    for (var column : BatchRequest.all(EventRows.SCHEMA).wantedColumns()) {
      if (!names.contains(column.name())) {
        column.checkMayBeAbsent(names);
      }
      values[EventRows.SCHEMA.ordinal(column.name())] = new EventValue(column);
    }
    identity =
        all(
            EventColumn.EVENT_TYPE,
            EventColumn.PRODUCT_ID,
            EventColumn.VISITOR_ID,
            EventColumn.USER_ID,
            EventColumn.USER_SESSION,
            EventColumn.ORDER_ID);
    details =
        all(
            EventColumn.BRAND,
            EventColumn.CATEGORY_CODE,
            EventColumn.CATEGORY_ID,
            EventColumn.EVENT_ID);
    visitors = all(EventColumn.VISITOR_ID, EventColumn.USER_ID, EventColumn.USER_SESSION);
    boolean hasOptional =
        EventColumn.OPTIONAL.stream().anyMatch(column -> names.contains(column.text()));
    optional = hasOptional ? all(EventColumn.OPTIONAL.toArray(EventColumn[]::new)) : all();
  }

  private EventValue[] all(EventColumn... columns) {
    return Arrays.stream(columns)
        .map(column -> values[column.position()])
        .toArray(EventValue[]::new);
  }

  private EventValue of(EventColumn column) {
    return values[column.position()];
  }

  /** The value of a column of the file. */
  EventValue of(String column) {
    return values[EventRows.SCHEMA.ordinal(column)];
  }

  /** The event_time, in milliseconds since the epoch. */
  long eventTime() {
    return of(EventColumn.EVENT_TIME).number();
  }

  /** Encodes the content of the event, all but where it comes from, as a key. */
  void encodeContent(EventKey key) {
    key.begin(eventTime());
    for (var text : identity) {
      text.addText(key);
    }
    of(EventColumn.PRICE).addNumber(key, EventColumn.Kind.MONEY);
    key.addQuantity((int) of(EventColumn.QUANTITY).number());
    for (var text : details) {
      text.addText(key);
    }
    if (hasOptional()) {
      encodeOptional(key);
    }
    key.endContent();
  }

  private boolean hasOptional() {
    for (var value : optional) {
      if (!value.isNull()) {
        return true;
      }
    }
    return false;
  }

  private void encodeOptional(EventKey key) {
    key.beginOptional();
    for (int i = 0; i < optional.length; i++) {
      var kind = EventColumn.OPTIONAL.get(i).kind();
      if (kind == EventColumn.Kind.STRING) {
        optional[i].addText(key);
      } else {
        optional[i].addNumber(key, kind);
      }
    }
  }

  /** Encodes the event and where it comes from as a key. */
  void encode(EventKey key) {
    encodeContent(key);
    of(EventColumn.SOURCE_NAME).addText(key);
    of(EventColumn.SOURCE_PARTITION).addNumber(key, EventColumn.Kind.INT);
    of(EventColumn.SOURCE_OFFSET).addNumber(key, EventColumn.Kind.LONG);
    key.addItem((int) of(EventColumn.SOURCE_ITEM).number());
  }

  /**
   * Encodes the event as a key of its day.
   *
   * @param day since the epoch
   * @param event is used on the way
   */
  void encode(int day, EventKey event, ClusterKey key) {
    encode(event);
    for (int i = 0; i < visitors.length; i++) {
      var visitor = visitors[i];
      if (!visitor.isNull()) {
        key.set(day, VISITOR_KINDS[i], visitor.bytes(), visitor.start(), visitor.length(), event);
        return;
      }
    }
    key.setWithoutVisitor(day, event);
  }

  /**
   * The {@link VisitorHash} of the event.
   *
   * @param event is used on the way
   */
  long visitorHash(EventKey event) {
    for (int i = 0; i < visitors.length; i++) {
      var visitor = visitors[i];
      if (!visitor.isNull()) {
        return VisitorHash.of(VISITOR_KINDS[i], visitor.bytes(), visitor.start(), visitor.length());
      }
    }
    encodeContent(event);
    return VisitorHash.of(VisitorHash.NONE, event.bytes(), 0, event.contentLength());
  }

  /** Whether the event has an event_id. */
  boolean hasEventId() {
    return !of(EventColumn.EVENT_ID).isNull();
  }

  /** The 128-bit hash of the event_id, which the event has. */
  HashValue128 eventIdHash() {
    var id = of(EventColumn.EVENT_ID);
    return EVENT_ID_HASHER.hashBytesTo128Bits(id.bytes(), id.start(), id.length());
  }
}
