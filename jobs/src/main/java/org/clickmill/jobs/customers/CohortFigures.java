package org.clickmill.jobs.customers;

import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/** What the customers of a cohort did in a month; an overflow throws ArithmeticException. */
final class CohortFigures {
  long activeCustomers;
  long orders;

  /** Net, scaled. */
  long revenue;

  /** The rows that were added. */
  long rows;

  void clear() {
    activeCustomers = 0;
    orders = 0;
    revenue = 0;
    rows = 0;
  }

  void add(long moreCustomers, long moreOrders, long moreRevenue) {
    activeCustomers = Math.addExact(activeCustomers, moreCustomers);
    orders = Math.addExact(orders, moreOrders);
    revenue = Math.addExact(revenue, moreRevenue);
    rows++;
  }

  void write(ByteWriter target) {
    target.putUnsigned(activeCustomers).putUnsigned(orders).putSigned(revenue);
  }

  /** Adds what {@link #write} wrote. */
  void merge(ByteReader source) {
    add(source.readUnsigned(), source.readUnsigned(), source.readSigned());
  }
}
