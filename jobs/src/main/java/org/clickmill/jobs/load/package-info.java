/**
 * How events come in from Kafka: {@link org.clickmill.jobs.load.Loader} brings each record of its
 * topics into the warehouse exactly once.
 *
 * <p>A run plans ranges of offsets from the end of the last commit to the ends of the partitions; a
 * map-only job writes their events into a file an hour; and a file with the next number, created
 * where there is none, <em>is</em> the commit: it holds the new offsets and names the files. What
 * follows from a commit, that files move to their places and hours are sealed, is carried out by
 * the run itself or by the next one, step by step, each conditional on what it finds. See {@code
 * docs/loader.md}.
 *
 * <p>{@link org.clickmill.jobs.load.PublishJob} is the inverse, for trials and tests: it sends
 * events to a topic.
 *
 * <p>This package and {@code jobs.push}, which brings tables back to Kafka, know Kafka's client; no
 * other does.
 */
package org.clickmill.jobs.load;
