package org.clickmill.formats.mapping;

import java.time.ZoneId;

/**
 * ISO 8601 in its extended form: {@code yyyy-MM-dd}, then perhaps {@code T} or a space and {@code
 * HH:mm}, {@code :ss}, a fraction of up to nine digits, and {@code Z}, {@code UTC}, {@code +hh},
 * {@code +hhmm} or {@code +hh:mm}.
 */
final class IsoTimeFormat extends TimeFormat {
  private final LocalTimes localTimes;
  private byte[] text;
  private int position;
  private int end;

  IsoTimeFormat(ZoneId zone) {
    localTimes = new LocalTimes(zone);
  }

  @Override
  long millis(byte[] bytes, int offset, int length) {
    text = bytes;
    position = offset;
    end = offset + length;
    int century = twoDigits();
    int yearOfCentury = twoDigits();
    int month = accept('-') ? twoDigits() : -1;
    int day = accept('-') ? twoDigits() : -1;
    if (century < 0
        || yearOfCentury < 0
        || !CivilDate.isValid(100 * century + yearOfCentury, month, day)) {
      return INVALID;
    }
    long seconds = CivilDate.epochDay(100 * century + yearOfCentury, month, day) * 86_400L;
    if (position == end) {
      return localTimes.epochSeconds(seconds) * 1000;
    }
    if (!accept('T') && !accept(' ')) {
      return INVALID;
    }
    int hour = twoDigits();
    int minute = accept(':') ? twoDigits() : -1;
    int second = accept(':') ? twoDigits() : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return INVALID;
    }
    int millis = accept('.') || accept(',') ? fraction() : 0;
    if (millis < 0) {
      return INVALID;
    }
    seconds += hour * 3600L + minute * 60L + second;
    long result = atOffset(seconds);
    return result == INVALID || position != end ? INVALID : result * 1000 + millis;
  }

  @Override
  String expected() {
    return "an ISO 8601 time";
  }

  private long atOffset(long seconds) {
    if (position == end) {
      return localTimes.epochSeconds(seconds);
    }
    accept(' ');
    if (accept('Z')) {
      return seconds;
    }
    if (accept('U')) {
      return accept('T') && accept('C') ? seconds : INVALID;
    }
    boolean isBehind = accept('-');
    if (!isBehind && !accept('+')) {
      return INVALID;
    }
    int hours = twoDigits();
    int minutes = accept(':') || position < end ? twoDigits() : 0;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return INVALID;
    }
    long offset = hours * 3600L + minutes * 60L;
    return isBehind ? seconds + offset : seconds - offset;
  }

  private int fraction() {
    int start = position;
    int millis = 0;
    while (position < end && isDigit(text[position])) {
      if (position - start < 3) {
        millis = 10 * millis + text[position] - '0';
      }
      position++;
    }
    int digits = position - start;
    for (int i = digits; i < 3; i++) {
      millis *= 10;
    }
    return digits < 1 || digits > 9 ? -1 : millis;
  }

  private int twoDigits() {
    if (end - position < 2 || !isDigit(text[position]) || !isDigit(text[position + 1])) {
      return -1;
    }
    position += 2;
    return 10 * (text[position - 2] - '0') + text[position - 1] - '0';
  }

  private boolean accept(char wanted) {
    if (position < end && text[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
