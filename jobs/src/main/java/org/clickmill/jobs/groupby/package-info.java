/**
 * Aggregates that are declared. A {@link org.clickmill.jobs.groupby.GroupBy} names, for each of its
 * tables, the rows that count, the keys and the measures; what mappers and reducers do follows from
 * that.
 *
 * <p>In a mapper a {@link org.clickmill.jobs.groupby.RowSource} takes rows out of a batch; each row
 * has flags, and the rows with some flags are selected once a batch. {@code Slots} says which group
 * each row falls into, a number. Then each {@code Measure} goes over the rows that it counts. A
 * flush writes, for each group, its keys and the first part of every measure as one partial; what
 * does not fit in it, as the hashes of many distinct values, follows in partials of its own. A
 * reducer merges the partials of a group into the measures' group 0, and writes its row.
 */
package org.clickmill.jobs.groupby;
