/**
 * Which partitions are stale, and the jobs that renew them.
 *
 * <p>{@link org.clickmill.drivers.pipeline.Suite} lists the tables in levels: those of a level are
 * computed from tables of the levels before. {@link org.clickmill.drivers.pipeline.Planner}
 * compares what each partition's manifest says it was made of with what it would be made of now; it
 * is a pure function over manifests and looks at no date. {@link
 * org.clickmill.drivers.pipeline.Pipeline} plans, runs and publishes level by level: a partition
 * whose rows did not change keeps its version, and so a change stops spreading where it stops
 * mattering.
 */
package org.clickmill.drivers.pipeline;
