/**
 * Sales. One fold feeds a family of tables: the whole shop and each value of a dimension, by
 * minute, hour, day, week and month ({@link org.clickmill.jobs.sales.SalesTable} names them). What
 * a line of a purchase or return means is decided in {@link org.clickmill.jobs.sales.LineKind}.
 *
 * <p>Money is exact: scaled longs, added with overflow checks. Orders and customers are counted
 * exactly, by 128-bit hashes that travel with the partials.
 */
package org.clickmill.jobs.sales;
