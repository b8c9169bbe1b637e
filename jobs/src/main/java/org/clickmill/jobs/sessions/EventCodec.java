package org.clickmill.jobs.sessions;

import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.TextDictionary;

/**
 * Writes events as bytes, in the shuffle and in the table open_sessions: their number, and of each
 * the time since the one before, type and flags, six texts, price and quantity. A text that is the
 * same as in the event before takes one byte.
 */
final class EventCodec {
  /** The most events that are written in one piece. */
  static final int CHUNK = 4096;

  private static final int PRICED = 8;
  private static final int ONE_UNIT = 16;
  private static final int TYPE = 7;

  private static final int NO_TEXT = 0;
  private static final int SAME_TEXT = 1;
  private static final int FIRST_LENGTH = 2;

  private EventCodec() {}

  static void write(SessionEvents events, int from, int to, ByteWriter target) {
    target.putUnsigned(to - from);
    for (int i = from; i < to; i++) {
      int before = i == from ? -1 : i - 1;
      target.putSigned(events.times[i] - (before < 0 ? 0 : events.times[before]));
      int quantity = events.quantities[i];
      target.putByte(
          events.types[i] | (events.priced[i] ? PRICED : 0) | (quantity == 1 ? ONE_UNIT : 0));
      putText(events.texts(), events.products, before, i, target);
      putText(events.texts(), events.brands, before, i, target);
      putText(events.texts(), events.categories, before, i, target);
      putText(events.texts(), events.users, before, i, target);
      putText(events.texts(), events.sessions, before, i, target);
      putText(events.texts(), events.orders, before, i, target);
      if (events.priced[i]) {
        target.putSigned(events.prices[i]);
      }
      if (quantity != 1) {
        target.putSigned(quantity);
      }
    }
  }

  /** Adds what was written to other events. */
  static void read(ByteReader source, SessionEvents events) {
    long count = source.readUnsigned();
    long time = 0;
    int before = -1;
    for (long event = 0; event < count; event++) {
      int i = events.add();
      time += source.readSigned();
      events.times[i] = time;
      int flags = source.readByte();
      events.types[i] = (byte) (flags & TYPE);
      events.priced[i] = (flags & PRICED) != 0;
      events.products[i] = readText(source, events.texts(), events.products, before);
      events.brands[i] = readText(source, events.texts(), events.brands, before);
      events.categories[i] = readText(source, events.texts(), events.categories, before);
      events.users[i] = readText(source, events.texts(), events.users, before);
      events.sessions[i] = readText(source, events.texts(), events.sessions, before);
      events.orders[i] = readText(source, events.texts(), events.orders, before);
      events.prices[i] = events.priced[i] ? source.readSigned() : 0;
      events.quantities[i] = (flags & ONE_UNIT) != 0 ? 1 : (int) source.readSigned();
      before = i;
    }
  }

  private static void putText(
      TextDictionary texts, int[] column, int before, int event, ByteWriter target) {
    int text = column[event];
    if (text == SessionEvents.NULL) {
      target.putUnsigned(NO_TEXT);
    } else if (before >= 0 && column[before] == text) {
      target.putUnsigned(SAME_TEXT);
    } else {
      int length = texts.length(text);
      target.putUnsigned((long) length + FIRST_LENGTH);
      target.putBytes(texts.bytes(), texts.offset(text), length);
    }
  }

  private static int readText(ByteReader source, TextDictionary texts, int[] column, int before) {
    long code = source.readUnsigned();
    if (code == NO_TEXT) {
      return SessionEvents.NULL;
    }
    if (code == SAME_TEXT) {
      return column[before];
    }
    int length = (int) (code - FIRST_LENGTH);
    int text = texts.ordinal(source.bytes(), source.position(), length);
    source.skip(length);
    return text;
  }
}
