package org.clickmill.jobs.sales;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.lines.Line;

/**
 * The sums of many slots, each a bucket and value of a dimension, in arrays. Money is scaled by
 * 10^4; an overflow throws ArithmeticException.
 */
final class SalesTotals {
  private long[] orderLines = new long[64];
  private long[] freeLines = new long[64];
  private long[] linesWithoutPrice = new long[64];
  private long[] unitsSold = new long[64];
  private long[] unitsReturned = new long[64];
  private long[] ownOrders = new long[64];
  private long[] ownReturns = new long[64];
  private long[] gross = new long[64];
  private long[] returned = new long[64];
  private long[] adjustments = new long[64];
  private long[] minimumPrice = new long[64];
  private long[] maximumPrice = new long[64];

  /** Makes a slot empty. */
  void clear(int slot) {
    if (slot >= orderLines.length) {
      grow(slot);
    }
    orderLines[slot] = 0;
    freeLines[slot] = 0;
    linesWithoutPrice[slot] = 0;
    unitsSold[slot] = 0;
    unitsReturned[slot] = 0;
    ownOrders[slot] = 0;
    ownReturns[slot] = 0;
    gross[slot] = 0;
    returned[slot] = 0;
    adjustments[slot] = 0;
    minimumPrice[slot] = Long.MAX_VALUE;
    maximumPrice[slot] = Long.MIN_VALUE;
  }

  void add(int slot, Line line) {
    switch (line.kind) {
      case SOLD -> {
        orderLines[slot]++;
        unitsSold[slot] = Math.addExact(unitsSold[slot], line.units);
        gross[slot] = Math.addExact(gross[slot], line.value);
        minimumPrice[slot] = Math.min(minimumPrice[slot], line.price);
        maximumPrice[slot] = Math.max(maximumPrice[slot], line.price);
        ownOrders[slot] += line.ownOrder ? 1 : 0;
      }
      case RETURNED -> {
        unitsReturned[slot] = Math.addExact(unitsReturned[slot], line.units);
        returned[slot] = Math.addExact(returned[slot], line.value);
        ownReturns[slot] += line.ownOrder ? 1 : 0;
      }
      case ADJUSTMENT -> adjustments[slot] = Math.addExact(adjustments[slot], line.value);
      case FREE -> freeLines[slot]++;
      case WITHOUT_PRICE -> linesWithoutPrice[slot]++;
    }
  }

  void write(int slot, ByteWriter writer) {
    writer
        .putUnsigned(orderLines[slot])
        .putUnsigned(freeLines[slot])
        .putUnsigned(linesWithoutPrice[slot])
        .putUnsigned(unitsSold[slot])
        .putUnsigned(unitsReturned[slot])
        .putUnsigned(ownOrders[slot])
        .putUnsigned(ownReturns[slot])
        .putSigned(gross[slot])
        .putSigned(returned[slot])
        .putSigned(adjustments[slot])
        .putSigned(minimumPrice[slot])
        .putSigned(maximumPrice[slot]);
  }

  /** Adds what {@link #write} wrote to a slot. */
  void merge(int slot, ByteReader reader) {
    orderLines[slot] += reader.readUnsigned();
    freeLines[slot] += reader.readUnsigned();
    linesWithoutPrice[slot] += reader.readUnsigned();
    unitsSold[slot] = Math.addExact(unitsSold[slot], reader.readUnsigned());
    unitsReturned[slot] = Math.addExact(unitsReturned[slot], reader.readUnsigned());
    ownOrders[slot] += reader.readUnsigned();
    ownReturns[slot] += reader.readUnsigned();
    gross[slot] = Math.addExact(gross[slot], reader.readSigned());
    returned[slot] = Math.addExact(returned[slot], reader.readSigned());
    adjustments[slot] = Math.addExact(adjustments[slot], reader.readSigned());
    minimumPrice[slot] = Math.min(minimumPrice[slot], reader.readSigned());
    maximumPrice[slot] = Math.max(maximumPrice[slot], reader.readSigned());
  }

  long orderLines(int slot) {
    return orderLines[slot];
  }

  long freeLines(int slot) {
    return freeLines[slot];
  }

  long linesWithoutPrice(int slot) {
    return linesWithoutPrice[slot];
  }

  long unitsSold(int slot) {
    return unitsSold[slot];
  }

  long unitsReturned(int slot) {
    return unitsReturned[slot];
  }

  /** Sold lines that are an order of their own. */
  long ownOrders(int slot) {
    return ownOrders[slot];
  }

  /** Return lines that are an order of their own. */
  long ownReturns(int slot) {
    return ownReturns[slot];
  }

  long gross(int slot) {
    return gross[slot];
  }

  long returned(int slot) {
    return returned[slot];
  }

  long adjustments(int slot) {
    return adjustments[slot];
  }

  /** Of sold lines; without meaning where there is none. */
  long minimumPrice(int slot) {
    return minimumPrice[slot];
  }

  /** Of sold lines; without meaning where there is none. */
  long maximumPrice(int slot) {
    return maximumPrice[slot];
  }

  private void grow(int slot) {
    int size = Math.max(slot + 1, 2 * orderLines.length);
    orderLines = Arrays.copyOf(orderLines, size);
    freeLines = Arrays.copyOf(freeLines, size);
    linesWithoutPrice = Arrays.copyOf(linesWithoutPrice, size);
    unitsSold = Arrays.copyOf(unitsSold, size);
    unitsReturned = Arrays.copyOf(unitsReturned, size);
    ownOrders = Arrays.copyOf(ownOrders, size);
    ownReturns = Arrays.copyOf(ownReturns, size);
    gross = Arrays.copyOf(gross, size);
    returned = Arrays.copyOf(returned, size);
    adjustments = Arrays.copyOf(adjustments, size);
    minimumPrice = Arrays.copyOf(minimumPrice, size);
    maximumPrice = Arrays.copyOf(maximumPrice, size);
  }
}
