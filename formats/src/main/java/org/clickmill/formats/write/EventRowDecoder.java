package org.clickmill.formats.write;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

  /**
   * @param row is filled again and again
   */
  public EventRowDecoder(Row row) {
    this.row = row;
  }

  /**
   * Fills the row from the event that is encoded from an offset on.
   *
   * @return the length of the event's content, which is everything but its source
   */
  public int decode(byte[] bytes, int offset) {
    key = bytes;
    position = offset;
    row.setLong(EventRows.EVENT_TIME, nextLong());
    decodeString(EventRows.EVENT_TYPE);
    decodeString(EventRows.PRODUCT_ID);
    decodeString(EventRows.VISITOR_ID);
    decodeString(EventRows.USER_ID);
    decodeString(EventRows.USER_SESSION);
    decodeString(EventRows.ORDER_ID);
    decodeLong(EventRows.PRICE);
    row.setLong(EventRows.QUANTITY, nextInt());
    decodeString(EventRows.BRAND);
    decodeString(EventRows.CATEGORY_CODE);
    decodeString(EventRows.CATEGORY_ID);
    decodeString(EventRows.EVENT_ID);
    int contentLength = position - offset;
    decodeString(EventRows.SOURCE_NAME);
    if (isPresent()) {
      row.setLong(EventRows.SOURCE_PARTITION, nextInt());
    } else {
      row.setNull(EventRows.SOURCE_PARTITION);
    }
    decodeLong(EventRows.SOURCE_OFFSET);
    return contentLength;
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
    int end = position;
    while (key[end] != 0 && key[end] != 1) {
      end++;
    }
    if (key[end] == 0) {
      row.setText(ordinal, key, position, end - position);
      position = end + 1;
    } else {
      decodeEscaped(ordinal);
    }
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
