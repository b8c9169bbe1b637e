package org.clickmill.testdata.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.clickmill.formats.event.EventType;

/** Puts lines together as bytes and hands them on in large pieces. */
final class LineBuffer {
  private static final int SIZE = 1 << 16;

  /** More than any line has. */
  private static final int LARGEST_LINE = 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

  private final OutputStream out;
  private final Map<EventType, byte[]> types = new EnumMap<>(EventType.class);
  private final byte[] bytes = new byte[SIZE];
  private int length;
  private long second = Long.MIN_VALUE;
  private byte[] time;

  LineBuffer(OutputStream out) {
    this.out = out;
    for (var type : EventType.values()) {
      types.put(type, type.text().getBytes(US_ASCII));
    }
  }

  void put(byte[] text) {
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  void put(char ascii) {
    bytes[length++] = (byte) ascii;
  }

  void putType(EventType type) {
    put(types.get(type));
  }

  void putNumber(long number) {
    if (number < 0) {
      put('-');
    }
    long rest = Math.abs(number);
    int digits = 1;
    for (long limit = 10; limit <= rest; limit *= 10) {
      digits++;
    }
    length += digits;
    for (int i = 1; i <= digits; i++) {
      bytes[length - i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Puts an amount of hundredths with two decimals. */
  void putCents(long cents) {
    if (cents < 0) {
      put('-');
    }
    long rest = Math.abs(cents);
    putNumber(rest / 100);
    put('.');
    put((char) ('0' + rest / 10 % 10));
    put((char) ('0' + rest % 10));
  }

  /** Puts a time as {@code 2019-10-01 00:00:00 UTC}. */
  void putTime(long secondSinceEpoch) {
    if (secondSinceEpoch != second) {
      second = secondSinceEpoch;
      var instant = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
      time = TIME.format(instant).getBytes(US_ASCII);
    }
    put(time);
  }

  /** Ends a line. */
  void endLine() throws IOException {
    put('\n');
    if (length > SIZE - LARGEST_LINE) {
      flush();
    }
  }

  void flush() throws IOException {
    out.write(bytes, 0, length);
    length = 0;
  }
}
