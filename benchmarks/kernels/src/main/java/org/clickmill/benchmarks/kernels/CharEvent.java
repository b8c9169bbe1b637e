package org.clickmill.benchmarks.kernels;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;

/**
 * An event that is filled from characters, by what a parser of text passes on, as quickly as the
 * mapped fields of import are from bytes. The event and its values are overwritten by the next one.
 */
final class CharEvent {
  /** The columns of the public files, in their order. */
  static final List<String> COLUMNS =
      List.of(
          "event_time",
          "event_type",
          "product_id",
          "category_id",
          "category_code",
          "brand",
          "price",
          "user_id",
          "user_session");

  private static final int TIME = 0;
  private static final int PRICE = 6;
  private static final int TIME_LENGTH = "2019-10-01 00:00:00 UTC".length();
  private static final int ASCII = 0x7f;

  private final Event event = new Event();
  private final Utf8[] texts = new Utf8[COLUMNS.size()];
  private final byte[] price = new byte[Long.BYTES];
  private final ByteBuffer priceBuffer = ByteBuffer.wrap(price);

  CharEvent() {
    event.setQuantity(1);
    Arrays.setAll(texts, column -> new Utf8());
  }

  Event event() {
    return event;
  }

  /** Takes all values away. */
  void clear() {
    event.setEventTime(Instant.EPOCH);
    event.setPrice(null);
    for (int column = 0; column < texts.length; column++) {
      if (column != TIME && column != PRICE) {
        put(column, null);
      }
    }
  }

  /** Sets a column's value, which is none if it is empty. */
  void set(int column, char[] characters, int offset, int length) {
    if (column == TIME) {
      event.setEventTime(Instant.ofEpochMilli(millis(characters, offset, length)));
    } else if (column == PRICE) {
      event.setPrice(length == 0 ? null : money(characters, offset, length));
    } else {
      put(column, length == 0 ? null : text(texts[column], characters, offset, length));
    }
  }

  private void put(int column, Utf8 value) {
    switch (column) {
      case 1 -> event.setEventType(value);
      case 2 -> event.setProductId(value);
      case 3 -> event.setCategoryId(value);
      case 4 -> event.setCategoryCode(value);
      case 5 -> event.setBrand(value);
      case 7 -> event.setUserId(value);
      case 8 -> event.setUserSession(value);
      default -> throw new IllegalArgumentException("column " + column);
    }
  }

  private static Utf8 text(Utf8 target, char[] characters, int offset, int length) {
    target.setByteLength(length);
    byte[] bytes = target.getBytes();
    int all = 0;
    for (int i = 0; i < length; i++) {
      char c = characters[offset + i];
      all |= c;
      bytes[i] = (byte) c;
    }
    if (all > ASCII) {
      byte[] encoded = new String(characters, offset, length).getBytes(StandardCharsets.UTF_8);
      target.setByteLength(encoded.length);
      System.arraycopy(encoded, 0, target.getBytes(), 0, encoded.length);
    }
    return target;
  }

  private static long millis(char[] text, int offset, int length) {
    if (length != TIME_LENGTH || text[offset + 10] != ' ' || text[offset + 20] != 'U') {
      throw new IllegalArgumentException(new String(text, offset, length));
    }
    int year = 100 * two(text, offset) + two(text, offset + 2);
    long day = LocalDate.of(year, two(text, offset + 5), two(text, offset + 8)).toEpochDay();
    long minutes = 60L * two(text, offset + 11) + two(text, offset + 14);
    return 1000 * (86_400 * day + 60 * minutes + two(text, offset + 17));
  }

  private static int two(char[] text, int at) {
    return 10 * digit(text[at]) + digit(text[at + 1]);
  }

  private static int digit(char c) {
    int digit = c - '0';
    if (digit < 0 || digit > 9) {
      throw new IllegalArgumentException("no digit: " + c);
    }
    return digit;
  }

  private ByteBuffer money(char[] text, int offset, int length) {
    boolean isNegative = text[offset] == '-';
    long scaled = 0;
    int decimals = -1;
    for (int i = isNegative ? 1 : 0; i < length; i++) {
      char c = text[offset + i];
      if (c == '.' && decimals < 0) {
        decimals = 0;
      } else {
        scaled = 10 * scaled + digit(c);
        decimals += decimals < 0 ? 0 : 1;
      }
    }
    for (int i = Math.max(decimals, 0); i < Money.SCALE; i++) {
      scaled *= 10;
    }
    return shortest(isNegative ? -scaled : scaled);
  }

  /** Two's complement in as few bytes as it takes, as Avro has it. */
  private ByteBuffer shortest(long scaled) {
    priceBuffer.clear().putLong(scaled);
    int start = 0;
    while (start < Long.BYTES - 1 && price[start] == price[start + 1] >> 7) {
      start++;
    }
    return priceBuffer.position(start);
  }
}
