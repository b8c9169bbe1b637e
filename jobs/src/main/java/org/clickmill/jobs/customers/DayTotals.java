package org.clickmill.jobs.customers;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.lines.Line;
import org.clickmill.jobs.lines.LineKind;

/**
 * The sums of many slots, each a customer on a day, in arrays. Money is scaled by 10^4; an overflow
 * throws ArithmeticException. Orders that are more than one line are counted elsewhere.
 */
final class DayTotals {
  private long[] ownOrders = new long[64];
  private long[] orderLines = new long[64];
  private long[] purchaseLines = new long[64];
  private long[] gross = new long[64];
  private long[] revenue = new long[64];
  private long[] firstTime = new long[64];
  private long[] lastTime = new long[64];

  /** Makes a slot empty. */
  void clear(int slot) {
    if (slot >= ownOrders.length) {
      grow();
    }
    ownOrders[slot] = 0;
    orderLines[slot] = 0;
    purchaseLines[slot] = 0;
    gross[slot] = 0;
    revenue[slot] = 0;
    firstTime[slot] = Long.MAX_VALUE;
    lastTime[slot] = Long.MIN_VALUE;
  }

  void add(int slot, Line line) {
    revenue[slot] = Math.addExact(revenue[slot], line.revenue());
    if (line.kind == LineKind.SOLD) {
      orderLines[slot]++;
      gross[slot] = Math.addExact(gross[slot], line.value);
    }
    if (line.isPurchase) {
      purchaseLines[slot]++;
      ownOrders[slot] += line.ownOrder ? 1 : 0;
      firstTime[slot] = Math.min(firstTime[slot], line.time);
      lastTime[slot] = Math.max(lastTime[slot], line.time);
    }
  }

  void write(int slot, ByteWriter writer) {
    writer
        .putUnsigned(ownOrders[slot])
        .putUnsigned(orderLines[slot])
        .putUnsigned(purchaseLines[slot])
        .putSigned(gross[slot])
        .putSigned(revenue[slot])
        .putSigned(firstTime[slot])
        .putSigned(lastTime[slot]);
  }

  /** Adds what {@link #write} wrote to a slot. */
  void merge(int slot, ByteReader reader) {
    ownOrders[slot] += reader.readUnsigned();
    orderLines[slot] += reader.readUnsigned();
    purchaseLines[slot] += reader.readUnsigned();
    gross[slot] = Math.addExact(gross[slot], reader.readSigned());
    revenue[slot] = Math.addExact(revenue[slot], reader.readSigned());
    firstTime[slot] = Math.min(firstTime[slot], reader.readSigned());
    lastTime[slot] = Math.max(lastTime[slot], reader.readSigned());
  }

  long ownOrders(int slot) {
    return ownOrders[slot];
  }

  long orderLines(int slot) {
    return orderLines[slot];
  }

  long purchaseLines(int slot) {
    return purchaseLines[slot];
  }

  long gross(int slot) {
    return gross[slot];
  }

  long revenue(int slot) {
    return revenue[slot];
  }

  /** Milliseconds; without meaning where there is no purchase line. */
  long firstTime(int slot) {
    return firstTime[slot];
  }

  /** Milliseconds; without meaning where there is no purchase line. */
  long lastTime(int slot) {
    return lastTime[slot];
  }

  private void grow() {
    int size = 2 * ownOrders.length;
    ownOrders = Arrays.copyOf(ownOrders, size);
    orderLines = Arrays.copyOf(orderLines, size);
    purchaseLines = Arrays.copyOf(purchaseLines, size);
    gross = Arrays.copyOf(gross, size);
    revenue = Arrays.copyOf(revenue, size);
    firstTime = Arrays.copyOf(firstTime, size);
    lastTime = Arrays.copyOf(lastTime, size);
  }
}
