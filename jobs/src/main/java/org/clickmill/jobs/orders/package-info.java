/**
 * Orders, one by one. {@link org.clickmill.jobs.orders.OrderDays} adds up the lines of an order on
 * a day, in the scan of the built-in tables. {@link org.clickmill.jobs.orders.OrderStarts} brings
 * two days together, so that an order over midnight is one: an order begins on a day with a sold
 * line, unless it began the day before, and takes the lines of the next day as well. Since it
 * depends on the day before whether an order begins, the table is made from the day before of
 * itself. {@link org.clickmill.jobs.orders.Orders} says which orders are the first of a customer.
 */
package org.clickmill.jobs.orders;
