package org.clickmill.formats.avro;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.apache.avro.io.BinaryData;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;

/**
 * Events one behind the other in Avro's binary encoding: what Avro's own writer makes of them by
 * going through the schema for every value, in a fraction of its time. The order is that of
 * event.avsc, without the extra columns that the file does not have.
 */
final class EventBlock {
  /** More than all numbers of an event take; there is always so much room behind a text. */
  private static final int ROOM_FOR_NUMBERS = 256;

  /** Which branch of a union of null and something follows: 0 and 1, as Avro encodes them. */
  private static final byte NULL = 0;

  private static final byte VALUE = 2;

  /** Up to this a length is a single byte. */
  private static final int SHORT = 63;

  private final EventColumn[] extra;
  private final EventColumn[] lacking;
  private byte[] bytes = new byte[1024];
  private int length;
  private int events;

  /**
   * @param extra the {@link EventColumn#EXTRA} columns that the file has
   */
  EventBlock(Set<EventColumn> extra) {
    this.extra = EventColumn.EXTRA.stream().filter(extra::contains).toArray(EventColumn[]::new);
    this.lacking =
        EventColumn.EXTRA.stream()
            .filter(column -> !extra.contains(column))
            .toArray(EventColumn[]::new);
  }

  /**
   * Adds an event.
   *
   * @throws IllegalArgumentException if it has a value in a column that the file does not have
   */
  void add(Event event) {
    checkColumns(event);
    reserve(ROOM_FOR_NUMBERS);
    number(event.getEventTime().toEpochMilli());
    text(event.getEventType());
    optionalText(event.getProductId());
    optionalText(event.getCategoryId());
    optionalText(event.getCategoryCode());
    optionalText(event.getBrand());
    optionalDecimal(event.getPrice());
    number(event.getQuantity());
    optionalText(event.getVisitorId());
    optionalText(event.getUserId());
    optionalText(event.getUserSession());
    optionalText(event.getOrderId());
    optionalText(event.getEventId());
    optionalText(event.getSourceName());
    optionalNumber(event.getSourcePartition());
    optionalNumber(event.getSourceOffset());
    for (var column : extra) {
      var value = event.get(column.position());
      if (column.kind() == EventColumn.Kind.STRING) {
        optionalText((Utf8) value);
      } else if (column.isNullable()) {
        optionalNumber((Number) value);
      } else {
        number(((Number) value).longValue());
      }
    }
    events++;
  }

  /** Adds the events of another block of the same columns. */
  void addAll(EventBlock other) {
    reserve(other.length);
    System.arraycopy(other.bytes, 0, bytes, length, other.length);
    length += other.length;
    events += other.events;
  }

  private void checkColumns(Event event) {
    if (lacking.length == 0 || !EventColumn.hasExtra(event)) {
      return;
    }
    for (var column : lacking) {
      if (column.hasValue(event)) {
        throw new IllegalArgumentException(
            "Cannot write an event with a value of "
                + column.text()
                + " into a file that was opened without this column");
      }
    }
  }

  /** Empties the block. */
  void clear() {
    length = 0;
    events = 0;
  }

  /** Its events stand in the first {@link #length()} bytes of these until it is changed. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  int events() {
    return events;
  }

  private void optionalText(Utf8 text) {
    if (text == null) {
      bytes[length++] = NULL;
    } else {
      bytes[length++] = VALUE;
      text(text);
    }
  }

  private void optionalNumber(Number number) {
    if (number == null) {
      bytes[length++] = NULL;
    } else {
      bytes[length++] = VALUE;
      number(number.longValue());
    }
  }

  private void optionalDecimal(ByteBuffer decimal) {
    if (decimal == null) {
      bytes[length++] = NULL;
      return;
    }
    bytes[length++] = VALUE;
    int size = decimal.remaining();
    number(size);
    reserve(size + ROOM_FOR_NUMBERS);
    decimal.get(decimal.position(), bytes, length, size);
    length += size;
  }

  private void text(Utf8 text) {
    int size = text.getByteLength();
    if (size <= SHORT) {
      bytes[length++] = (byte) (size << 1);
    } else {
      number(size);
    }
    reserve(size + ROOM_FOR_NUMBERS);
    System.arraycopy(text.getBytes(), 0, bytes, length, size);
    length += size;
  }

  private void number(long value) {
    length += BinaryData.encodeLong(value, bytes, length);
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}
