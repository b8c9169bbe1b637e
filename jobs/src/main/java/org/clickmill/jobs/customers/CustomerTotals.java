package org.clickmill.jobs.customers;

import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * What is known of one customer over some days, to be added to what is known over others. Money is
 * scaled by 10^4; an overflow throws ArithmeticException.
 */
final class CustomerTotals {
  long orders;
  long purchaseDays;

  /** Days since the epoch; without meaning where there is no purchase day. */
  long firstDay;

  long lastDay;
  long gross;
  long revenue;
  long purchaseDayRevenue;
  long firstDayRevenue;

  CustomerTotals clear() {
    orders = 0;
    purchaseDays = 0;
    firstDay = Long.MAX_VALUE;
    lastDay = Long.MIN_VALUE;
    gross = 0;
    revenue = 0;
    purchaseDayRevenue = 0;
    firstDayRevenue = 0;
    return this;
  }

  /** Becomes what one day tells. */
  void ofDay(long day, boolean isPurchaseDay, long dayOrders, long dayGross, long dayRevenue) {
    clear();
    orders = dayOrders;
    gross = dayGross;
    revenue = dayRevenue;
    if (isPurchaseDay) {
      purchaseDays = 1;
      firstDay = day;
      lastDay = day;
      purchaseDayRevenue = dayRevenue;
      firstDayRevenue = dayRevenue;
    }
  }

  void write(ByteWriter writer) {
    writer.putUnsigned(orders).putSigned(gross).putSigned(revenue).putUnsigned(purchaseDays);
    if (purchaseDays > 0) {
      writer
          .putSigned(firstDay)
          .putSigned(lastDay)
          .putSigned(purchaseDayRevenue)
          .putSigned(firstDayRevenue);
    }
  }

  /** Adds what {@link #write} wrote of other days. */
  void merge(ByteReader reader) {
    orders = Math.addExact(orders, reader.readUnsigned());
    gross = Math.addExact(gross, reader.readSigned());
    revenue = Math.addExact(revenue, reader.readSigned());
    long otherDays = reader.readUnsigned();
    if (otherDays == 0) {
      return;
    }
    long otherFirst = reader.readSigned();
    lastDay = Math.max(lastDay, reader.readSigned());
    purchaseDayRevenue = Math.addExact(purchaseDayRevenue, reader.readSigned());
    long otherFirstRevenue = reader.readSigned();
    if (purchaseDays == 0 || otherFirst < firstDay) {
      firstDay = otherFirst;
      firstDayRevenue = otherFirstRevenue;
    }
    purchaseDays += otherDays;
  }
}
