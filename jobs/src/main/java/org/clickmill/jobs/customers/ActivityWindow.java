package org.clickmill.jobs.customers;

import java.io.IOException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.SlidingWindow;

/**
 * Remembers of one customer the first purchase day and the last, and tells each day what was known
 * before it. A day counts for itself only.
 */
final class ActivityWindow implements SlidingWindow {
  // What a value is: a row of a snapshot, without a purchase day or with them, or a row of a day.
  static final byte UNKNOWN = 0;
  static final byte KNOWN = 1;
  static final byte NO_PURCHASE = 2;
  static final byte PURCHASES = 3;

  private static final long NONE = Long.MIN_VALUE;

  private final ByteWriter user = new ByteWriter();
  private final ByteWriter row = new ByteWriter();
  private long firstDay;
  private long lastDay;

  @Override
  public int days() {
    return 1;
  }

  @Override
  public void begin(ByteReader key) {
    user.clear().putBytes(key.bytes(), key.position(), key.remaining());
    firstDay = NONE;
    lastDay = NONE;
  }

  @Override
  public void add(long epochDay, ByteReader value) {
    switch (value.readByte()) {
      case KNOWN -> {
        firstDay = value.readSigned();
        lastDay = value.readSigned();
      }
      case PURCHASES -> addDay(epochDay, true, value);
      case NO_PURCHASE -> addDay(epochDay, false, value);
      default -> {
        // Nothing is known of the customer but returns.
      }
    }
  }

  private void addDay(long epochDay, boolean hasPurchase, ByteReader value) {
    if (hasPurchase && firstDay == NONE) {
      firstDay = epochDay;
    }
    row.clear();
    putDay(firstDay);
    putDay(lastDay);
    row.putBytes(value.bytes(), value.position(), value.remaining());
    if (hasPurchase) {
      lastDay = epochDay;
    }
  }

  private void putDay(long day) {
    row.putByte(day == NONE ? 0 : 1);
    if (day != NONE) {
      row.putSigned(day);
    }
  }

  @Override
  public void emit(long epochDay, Output output) throws IOException {
    output.add(user, row);
  }
}
