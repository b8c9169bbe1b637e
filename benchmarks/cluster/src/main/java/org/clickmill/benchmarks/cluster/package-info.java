/**
 * A large day on a real cluster. {@link org.clickmill.benchmarks.cluster.BigDay} starts HDFS, YARN
 * and the history server as processes of their own, writes the events of a day into a warehouse
 * there, runs the pipeline as {@code hadoop jar} does, and reports what each job's tasks took. What
 * it reports is read from the job history, from the tasks' logs of garbage collections, and from
 * Linux's /proc; nothing in the job jar knows of it.
 *
 * <p>The same cluster serves {@link org.clickmill.benchmarks.cluster.TrialCluster}, {@link
 * org.clickmill.benchmarks.cluster.Versions} and {@link
 * org.clickmill.benchmarks.cluster.LiveCluster}; and {@link
 * org.clickmill.benchmarks.cluster.Deaths}, which kills its servers while the job jar works: each
 * {@link org.clickmill.benchmarks.cluster.Death} waits for its moment on a {@link
 * org.clickmill.benchmarks.cluster.Scene}.
 */
package org.clickmill.benchmarks.cluster;
