/**
 * Checks that can stop a bad day before it is published.
 *
 * <p>{@link org.clickmill.drivers.checks.Checks} are what a YAML file declares, or those that are
 * built in. A {@code Rule} judges a partition by what is known of its staged files: their numbers
 * of rows, the NULLs, minima and maxima in the footers of Parquet ({@code ColumnFigures}), and the
 * rows of the same weekday in the weeks before ({@code RowHistory}). Distinct keys, and the orders
 * in a file of the shop's own database, are counted by a MapReduce job ({@code KeyCounts}); so the
 * driver reads no rows.
 *
 * <p>{@link org.clickmill.drivers.checks.CheckGate} stands between a step's jobs and its publisher.
 * A partition that fails a check of severity {@code fail} is not published, nor is what the same
 * step made from it, until somebody accepts the check for it; the manifest then says so. What was
 * found is published as the table {@code data_quality}, of stopped partitions too.
 */
package org.clickmill.drivers.checks;
