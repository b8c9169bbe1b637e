package org.clickmill.formats.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Swar;

/**
 * Fills rows of {@link EventRows#SCHEMA} from {@link org.clickmill.formats.event.EventKey}s,
 * without an object for any value.
 */
public final class EventRowDecoder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final Row row;
  private byte[] key;
  private int position;
  private byte[] unescaped = new byte[64];

  /** Whether the row has optional columns of the event before. */
  private boolean hasOptional = true;

  /**
   * @param row is filled again and again
   */
  public EventRowDecoder(Row row) {
    this.row = row;
  }

  /**
   * Fills the row from the event that is encoded from an offset on. Texts stay where they are, so
   * the row is valid as long as the array does not change.
   *
   * @return the length of the event's content, which is everything but its source
   */
  public int decode(byte[] bytes, int offset) {
    key = bytes;
    position = offset;
    row.setLong(EventColumn.EVENT_TIME.position(), nextLong());
    decodeString(EventColumn.EVENT_TYPE.position());
    decodeString(EventColumn.PRODUCT_ID.position());
    decodeString(EventColumn.VISITOR_ID.position());
    decodeString(EventColumn.USER_ID.position());
    decodeString(EventColumn.USER_SESSION.position());
    decodeString(EventColumn.ORDER_ID.position());
    decodeLong(EventColumn.PRICE.position());
    row.setLong(EventColumn.QUANTITY.position(), nextInt());
    decodeString(EventColumn.BRAND.position());
    decodeString(EventColumn.CATEGORY_CODE.position());
    decodeString(EventColumn.CATEGORY_ID.position());
    decodeString(EventColumn.EVENT_ID.position());
    if (EventKey.hasOptional(key, position)) {
      decodeOptional();
    } else if (hasOptional) {
      EventColumn.OPTIONAL.forEach(column -> row.setNull(column.position()));
      hasOptional = false;
    }
    int contentLength = position - offset;
    decodeString(EventColumn.SOURCE_NAME.position());
    if (isPresent()) {
      row.setLong(EventColumn.SOURCE_PARTITION.position(), nextInt());
    } else {
      row.setNull(EventColumn.SOURCE_PARTITION.position());
    }
    decodeLong(EventColumn.SOURCE_OFFSET.position());
    row.setLong(EventColumn.SOURCE_ITEM.position(), isPresent() ? nextInt() : 0);
    return contentLength;
  }

  private void decodeOptional() {
    position++;
    hasOptional = true;
    for (var column : EventColumn.OPTIONAL) {
      if (column.kind() == EventColumn.Kind.STRING) {
        decodeString(column.position());
      } else if (isPresent()) {
        row.setLong(column.position(), nextInt());
      } else {
        row.setNull(column.position());
      }
    }
  }

  private boolean isPresent() {
    return key[position++] != 0;
  }

  private void decodeLong(int ordinal) {
    if (isPresent()) {
      row.setLong(ordinal, nextLong());
    } else {
      row.setNull(ordinal);
    }
  }

  private long nextLong() {
    long value = (long) LONGS.get(key, position) ^ Long.MIN_VALUE;
    position += Long.BYTES;
    return value;
  }

  private int nextInt() {
    int value = (int) INTS.get(key, position) ^ Integer.MIN_VALUE;
    position += Integer.BYTES;
    return value;
  }

  private void decodeString(int ordinal) {
    if (!isPresent()) {
      row.setNull(ordinal);
      return;
    }
    int end = special(position);
    if (key[end] == 0) {
      row.referToText(ordinal, key, position, end - position);
      position = end + 1;
    } else {
      decodeEscaped(ordinal);
    }
  }

  /** Where the next byte stands that ends a string or escapes another. */
  private int special(int from) {
    int i = from;
    for (; i <= key.length - Long.BYTES; i += Long.BYTES) {
      long found = Swar.below(Swar.at(key, i), 2);
      if (found != 0) {
        return i + Swar.first(found);
      }
    }
    while (key[i] != 0 && key[i] != 1) {
      i++;
    }
    return i;
  }

  /** A string with bytes that are escaped by a leading 1, up to the 0 that ends it. */
  private void decodeEscaped(int ordinal) {
    int length = 0;
    for (byte b = key[position++]; b != 0; b = key[position++]) {
      if (length == unescaped.length) {
        unescaped = Arrays.copyOf(unescaped, 2 * length);
      }
      unescaped[length++] = b == 1 ? (byte) (key[position++] - 1) : b;
    }
    row.setText(ordinal, unescaped, 0, length);
  }
}
