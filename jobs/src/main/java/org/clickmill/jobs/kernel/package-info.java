/**
 * How an analysis runs. MapReduce is fast when the mapper folds its whole split into a small
 * partial result before anything is written, so an analysis here is a pair of small interfaces:
 *
 * <ul>
 *   <li>a {@link org.clickmill.jobs.kernel.Fold} names the columns it needs, takes column batches,
 *       keeps partial aggregates in primitive tables, and emits (key, partial) when its day or
 *       split ends or its memory is spent. Partials merge in any order and any grouping to the same
 *       result;
 *   <li>a {@link org.clickmill.jobs.kernel.Merge} takes all partials of a key and writes rows of
 *       one output table.
 * </ul>
 *
 * <p>Where a map task has all partials of a partition, it merges them itself ({@link
 * org.clickmill.jobs.kernel.OutputsInTask}); the others meet in the reducers.
 *
 * <p>{@link org.clickmill.jobs.kernel.FoldJob} runs the folds of any number of analyses in one
 * scan. A {@link org.clickmill.jobs.kernel.Table} says what its partitions are made from ({@link
 * org.clickmill.jobs.kernel.Inputs}), and a {@link org.clickmill.jobs.kernel.OutputPartition} which
 * of the partitions that are read meet in one merge. The shuffle key begins with the output
 * partition, so a reducer has one writer open at a time. Tables that take several jobs in a row are
 * made by a {@link org.clickmill.jobs.kernel.JobChain}.
 *
 * <p>Tables of windows over days are made by {@link org.clickmill.jobs.kernel.SlidingJobs}: by a
 * secondary sort, a {@link org.clickmill.jobs.kernel.SlidingWindow} slides over the days of each
 * key.
 *
 * <p>Every MapReduce job of the suite stages its files and tells of its failures with the same
 * {@link org.clickmill.jobs.kernel.StagedJob}, which a {@link org.clickmill.jobs.kernel.JobWatch}
 * follows to its end and whose tasks a {@link org.clickmill.jobs.kernel.StagedCommitter} commits.
 */
package org.clickmill.jobs.kernel;
