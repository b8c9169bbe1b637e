package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.time.Instant;
import org.clickmill.formats.event.Event;

/** Fills the time of the event. */
final class TimeSetter extends FieldSetter {
  private static final long EARLIEST = CivilDate.epochDay(1, 1, 1) * 86_400_000L;
  private static final long AFTER_LATEST = CivilDate.epochDay(10_000, 1, 1) * 86_400_000L;

  private final TimeFormat format;
  private final LocalTimes localTimes;

  /** Whether a bare number means milliseconds, because the mapping says nothing else. */
  private final boolean numbersAreMillis;

  TimeSetter(FieldMapping mapping, Event event, String origin) {
    super(mapping, event);
    var named = mapping.time().format();
    numbersAreMillis = named == null || named.equals(TimeFormat.EPOCH_MILLIS);
    format = TimeFormat.of(named == null ? TimeFormat.ISO : named, mapping.time().zone(), origin);
    localTimes = new LocalTimes(mapping.time().zone().normalized());
  }

  @Override
  void text(byte[] text, int from, int size) throws BadValueException {
    int offset = from;
    int length = size;
    while (length > 0 && Numbers.isSpace(text[offset])) {
      offset++;
      length--;
    }
    while (length > 0 && Numbers.isSpace(text[offset + length - 1])) {
      length--;
    }
    if (length == 0) {
      nothing();
      return;
    }
    long millis = format.millis(text, offset, length);
    if (millis == TimeFormat.INVALID) {
      throw bad(text, offset, length, format.expected());
    }
    moment(millis);
  }

  @Override
  void wholeNumber(long value) throws BadValueException {
    if (numbersAreMillis) {
      moment(value);
    } else {
      super.wholeNumber(value);
    }
  }

  @Override
  void decimal(BigDecimal value) throws BadValueException {
    var bounded = Numbers.bounded(value);
    if (numbersAreMillis && bounded != null && bounded.stripTrailingZeros().scale() <= 0) {
      if (bounded.precision() - (long) bounded.scale() > 18) {
        throw bad("'" + value + "' is out of range");
      }
      moment(bounded.longValueExact());
    } else {
      super.decimal(value);
    }
  }

  @Override
  void moment(long millis) throws BadValueException {
    if (millis < EARLIEST || millis >= AFTER_LATEST) {
      throw bad("'" + millis + "' (epoch milliseconds) is out of range");
    }
    put(Instant.ofEpochMilli(millis));
  }

  @Override
  void localTime(long millis) throws BadValueException {
    if (millis < EARLIEST || millis >= AFTER_LATEST) {
      throw bad("'" + millis + "' (local milliseconds) is out of range");
    }
    long seconds = Math.floorDiv(millis, 1000L);
    moment(localTimes.epochSeconds(seconds) * 1000 + Math.floorMod(millis, 1000L));
  }
}
