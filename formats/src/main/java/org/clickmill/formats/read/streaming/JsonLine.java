package org.clickmill.formats.read.streaming;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import org.clickmill.formats.event.Money;

/** A line of JSON in a buffer that is reused. */
public final class JsonLine {
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final byte[] NULL = utf8("null");
  private static final byte[] HEX = utf8("0123456789abcdef");

  private byte[] bytes = new byte[1024];
  private int length;
  private long day = Long.MIN_VALUE;
  private byte[] dayText = NULL;

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public void clear() {
    length = 0;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  public void put(byte[] text) {
    reserve(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  public void putNull() {
    put(NULL);
  }

  public void putNumber(long value) {
    put(utf8(Long.toString(value)));
  }

  /** An amount scaled by 10^4, without zeros at its end. */
  public void putMoney(long scaled) {
    put(utf8(plain(scaled)));
  }

  /** A time in milliseconds, such as {@code "2019-10-01T00:00:00.000Z"}. */
  public void putTime(long millis) {
    long newDay = Math.floorDiv(millis, MILLIS_PER_DAY);
    if (newDay != day) {
      day = newDay;
      dayText = utf8("\"" + LocalDate.ofEpochDay(day) + "T");
    }
    int rest = (int) Math.floorMod(millis, MILLIS_PER_DAY);
    put(dayText);
    putDigits(rest / 3_600_000, 2);
    put(':');
    putDigits(rest / 60_000 % 60, 2);
    put(':');
    putDigits(rest / 1000 % 60, 2);
    put('.');
    putDigits(rest % 1000, 3);
    put('Z');
    put('"');
  }

  /** A text in UTF-8. */
  public void putText(byte[] source, int start, int size) {
    reserve(6 * size + 2);
    bytes[length++] = '"';
    for (int i = start; i < start + size; i++) {
      byte b = source[i];
      if (b == '"' || b == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = b;
      } else if (b >= 0 && b < ' ' || b == 0x7f) {
        putEscape(b);
      } else {
        bytes[length++] = b;
      }
    }
    bytes[length++] = '"';
  }

  private void putEscape(byte b) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    bytes[length++] = '0';
    bytes[length++] = '0';
    bytes[length++] = HEX[b >> 4];
    bytes[length++] = HEX[b & 15];
  }

  private void putDigits(int value, int digits) {
    reserve(digits);
    int rest = value;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[length + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }

  private static String plain(long scaled) {
    var amount = Money.decimal(scaled).stripTrailingZeros();
    return (amount.scale() < 0 ? amount.setScale(0) : amount).toPlainString();
  }
}
