/**
 * Tables that are declared without Java: a metric is a YAML file that says from which rows it is,
 * which of them count, by what they are grouped and what is measured.
 *
 * <ul>
 *   <li>{@link org.clickmill.jobs.metrics.MetricFiles} finds the files of the settings. Their texts
 *       travel in the job's configuration from then on, so that all of a run sees the same.
 *   <li>{@code MetricYaml} reads one, and remembers where each of its words stands; {@code
 *       MetricCompiler} checks it against the columns that its rows have and the tables that there
 *       are. Whatever is wrong is found here, with file, line and column, before anything runs.
 *   <li>{@link org.clickmill.jobs.metrics.MetricAnalysis} is the metric as an analysis: a GROUP BY
 *       ({@link org.clickmill.jobs.groupby}) over {@code MetricRows}, which take the rows of the
 *       condition out of a batch and evaluate what keys and measures need of them, column by
 *       column. Tasks make their own of the same text. Its table is planned, computed, published
 *       and described as any other; a hash of what is declared stands beside its settings, so that
 *       a metric that changes is stale.
 *   <li>{@link org.clickmill.jobs.metrics.MetricSql} says the same in DuckDB's SQL over the
 *       published files.
 * </ul>
 *
 * <p>A metric of events or order lines is folded in the scan of the built-in tables; one of another
 * table in a scan over that table's files. Order lines have the kinds of {@link
 * org.clickmill.jobs.lines.LineKind}.
 */
package org.clickmill.jobs.metrics;
