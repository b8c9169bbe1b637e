package org.clickmill.benchmarks.cluster;

import org.clickmill.benchmarks.cluster.TaskSampler.Sample;

/**
 * A task attempt that has ended.
 *
 * @param succeeded whether its output counts
 * @param failure why it failed; null if it did not, also if it was killed
 */
record TaskAttempt(
    boolean isMap, boolean succeeded, String failure, double seconds, GcLog gc, Sample sample) {}
