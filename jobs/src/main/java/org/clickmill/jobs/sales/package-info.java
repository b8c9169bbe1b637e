/**
 * Sales. One fold feeds a family of tables: the whole shop and each value of a dimension, by
 * minute, hour, day, week and month ({@link org.clickmill.jobs.sales.SalesTable} names them). What
 * a line of a purchase or return means is decided in {@link org.clickmill.jobs.lines.LineKind}.
 *
 * <p>Money is exact: scaled longs, added with overflow checks. Orders and customers are counted
 * exactly, by 128-bit hashes that travel with the partials.
 *
 * <p>{@link org.clickmill.jobs.sales.SalesTrend} sets each day against the days before it, from the
 * daily tables alone.
 */
package org.clickmill.jobs.sales;
