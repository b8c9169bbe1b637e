package org.clickmill.formats.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * An event as one sort key: a byte string that holds the whole event and whose unsigned byte order
 * is the content order of events (event_time, event_type, product_id, visitor_id, user_id,
 * user_session, order_id, price, quantity, brand, category_code, category_id, event_id; NULL
 * first), and behind it, where it has any, the optional columns. The source columns come last, so
 * that among equal contents the smallest source is first.
 *
 * <p>MapReduce can therefore sort, deduplicate and fingerprint events without decoding them: equal
 * {@linkplain #contentLength() content prefixes} are equal rows, whatever their source.
 *
 * <p>Layout: longs and ints are big-endian with the sign bit flipped; a nullable value begins with
 * 0 (NULL) or 1; in a string the bytes 0 and 1 are escaped by a leading 1, and a 0 ends it. A 2
 * behind event_id, where else source_name begins, says that the optional columns follow; an event
 * without any of them has the key, and the fingerprint, that it had before there were such columns.
 * source_item is NULL where it is 0.
 */
public final class EventKey {
  /** Begins the optional columns. */
  private static final byte OPTIONAL = 2;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[512];
  private int length;
  private int contentLength;

  /** Encodes an event; the result stands in {@link #bytes()} until the next call. */
  public void encode(Event event) {
    begin(event.getEventTime().toEpochMilli());
    addText(event.getEventType());
    addText(event.getProductId());
    addText(event.getVisitorId());
    addText(event.getUserId());
    addText(event.getUserSession());
    addText(event.getOrderId());
    var price = event.getPrice();
    if (price == null) {
      addNull();
    } else {
      addLong(Money.fromAvro(price));
    }
    addQuantity(event.getQuantity());
    addText(event.getBrand());
    addText(event.getCategoryCode());
    addText(event.getCategoryId());
    addText(event.getEventId());
    if (EventColumn.hasOptional(event)) {
      addOptional(event);
    }
    endContent();
    addText(event.getSourceName());
    var partition = event.getSourcePartition();
    if (partition == null) {
      addNull();
    } else {
      addInt(partition);
    }
    var offset = event.getSourceOffset();
    if (offset == null) {
      addNull();
    } else {
      addLong(offset);
    }
    addItem(event.getSourceItem());
  }

  private void addOptional(Event event) {
    beginOptional();
    for (var column : EventColumn.OPTIONAL) {
      var value = event.get(column.position());
      if (column.kind() == EventColumn.Kind.STRING) {
        addText((Utf8) value);
      } else if (value == null) {
        addNull();
      } else {
        addInt((Integer) value);
      }
    }
  }

  /**
   * Begins another key. The columns behind event_time are to be added in the order of the key:
   * texts, price and source_offset as longs, source_partition as an int, quantity by {@link
   * #addQuantity}, source_item by {@link #addItem}. Behind event_id come {@link #beginOptional} and
   * all optional columns if one of them has a value, and then {@link #endContent}.
   */
  public void begin(long eventTime) {
    length = 0;
    contentLength = 0;
    reserve(Long.BYTES);
    putLong(eventTime);
  }

  public void addNull() {
    reserve(1);
    bytes[length++] = 0;
  }

  /** Adds a text in UTF-8. */
  public void addText(byte[] utf8, int offset, int size) {
    reserve(2 + size);
    if (!putPlain(utf8, offset, size)) {
      putEscaped(utf8, offset, size);
    }
  }

  /** Adds a text unless it has bytes that are escaped, eight bytes at a time. */
  private boolean putPlain(byte[] utf8, int offset, int size) {
    int start = length + 1;
    int i = 0;
    for (; i <= size - Long.BYTES; i += Long.BYTES) {
      long eight = Swar.at(utf8, offset + i);
      if (Swar.below(eight, 2) != 0) {
        return false;
      }
      Swar.put(eight, bytes, start + i);
    }
    for (; i < size; i++) {
      byte b = utf8[offset + i];
      if (b == 0 || b == 1) {
        return false;
      }
      bytes[start + i] = b;
    }
    bytes[length] = 1;
    bytes[start + size] = 0;
    length = start + size + 1;
    return true;
  }

  private void putEscaped(byte[] utf8, int offset, int size) {
    reserve(2 + 2 * size);
    bytes[length++] = 1;
    for (int i = offset; i < offset + size; i++) {
      byte b = utf8[i];
      if (b == 0 || b == 1) {
        bytes[length++] = 1;
        bytes[length++] = (byte) (b + 1);
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = 0;
  }

  /** Adds a number that might have been NULL. */
  public void addLong(long value) {
    reserve(1 + Long.BYTES);
    bytes[length++] = 1;
    putLong(value);
  }

  /** Adds an int that might have been NULL. */
  public void addInt(int value) {
    reserve(1 + Integer.BYTES);
    bytes[length++] = 1;
    putInt(value);
  }

  public void addQuantity(int quantity) {
    reserve(Integer.BYTES);
    putInt(quantity);
  }

  /** What is added from here on are the optional columns. */
  public void beginOptional() {
    reserve(1);
    bytes[length++] = OPTIONAL;
  }

  /** Adds source_item, which is mostly 0. */
  public void addItem(int item) {
    if (item == 0) {
      addNull();
    } else {
      addInt(item);
    }
  }

  /** Whether optional columns begin at a place behind event_id. */
  public static boolean hasOptional(byte[] key, int position) {
    return key[position] == OPTIONAL;
  }

  /** What is added from here on says only where the event comes from. */
  public void endContent() {
    contentLength = length;
  }

  /** The buffer that holds the key in its first {@link #length()} bytes. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Length of the prefix that holds everything but the source columns. */
  public int contentLength() {
    return contentLength;
  }

  /** The event_time of an encoded event, in milliseconds since the epoch. */
  public static long eventTime(byte[] key, int offset) {
    return readLong(key, offset);
  }

  private void addText(Utf8 text) {
    if (text == null) {
      addNull();
    } else {
      addText(text.getBytes(), 0, text.getByteLength());
    }
  }

  private void putLong(long value) {
    LONGS.set(bytes, length, value ^ Long.MIN_VALUE);
    length += Long.BYTES;
  }

  private void putInt(int value) {
    INTS.set(bytes, length, value ^ Integer.MIN_VALUE);
    length += Integer.BYTES;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  private static long readLong(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset) ^ Long.MIN_VALUE;
  }

  /** Decodes keys, one after the other, into an event that the caller may reuse. */
  public static final class Decoder {
    private byte[] bytes;
    private int position;
    private int contentLength;

    /** Fills the event from an encoded one. Its texts are new, so they may be kept. */
    public void decode(byte[] key, int offset, Event event) {
      bytes = key;
      position = offset;
      event.setEventTime(Instant.ofEpochMilli(nextLong()));
      event.setEventType(nextText());
      event.setProductId(nextText());
      event.setVisitorId(nextText());
      event.setUserId(nextText());
      event.setUserSession(nextText());
      event.setOrderId(nextText());
      event.setPrice(nextPrice());
      event.setQuantity(nextInt());
      event.setBrand(nextText());
      event.setCategoryCode(nextText());
      event.setCategoryId(nextText());
      event.setEventId(nextText());
      decodeOptional(event);
      contentLength = position - offset;
      event.setSourceName(nextText());
      event.setSourcePartition(isPresent() ? Integer.valueOf(nextInt()) : null);
      event.setSourceOffset(isPresent() ? Long.valueOf(nextLong()) : null);
      event.setSourceItem(isPresent() ? nextInt() : 0);
    }

    private void decodeOptional(Event event) {
      boolean isThere = hasOptional(bytes, position);
      position += isThere ? 1 : 0;
      for (var column : EventColumn.OPTIONAL) {
        if (!isThere) {
          event.put(column.position(), null);
        } else if (column.kind() == EventColumn.Kind.STRING) {
          event.put(column.position(), nextText());
        } else {
          event.put(column.position(), isPresent() ? Integer.valueOf(nextInt()) : null);
        }
      }
    }

    /** Length of the content prefix of the key decoded last. */
    public int contentLength() {
      return contentLength;
    }

    private boolean isPresent() {
      return bytes[position++] != 0;
    }

    private ByteBuffer nextPrice() {
      return isPresent() ? Money.toAvro(nextLong()) : null;
    }

    private long nextLong() {
      position += Long.BYTES;
      return readLong(bytes, position - Long.BYTES);
    }

    private int nextInt() {
      position += Integer.BYTES;
      return (int) INTS.get(bytes, position - Integer.BYTES) ^ Integer.MIN_VALUE;
    }

    private Utf8 nextText() {
      if (!isPresent()) {
        return null;
      }
      int end = position;
      int escapes = 0;
      while (bytes[end] != 0) {
        if (bytes[end] == 1) {
          escapes++;
          end++;
        }
        end++;
      }
      byte[] utf8 = new byte[end - position - escapes];
      for (int i = 0; i < utf8.length; i++) {
        byte b = bytes[position++];
        utf8[i] = b == 1 ? (byte) (bytes[position++] - 1) : b;
      }
      position = end + 1;
      return new Utf8(utf8);
    }
  }
}
