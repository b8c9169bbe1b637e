/**
 * How tables go back to Kafka: {@link org.clickmill.jobs.push.Push} publishes the partitions of a
 * table to a topic, row by row, and later only the rows that have changed.
 *
 * <p>Each partition is one Kafka transaction. The version that it brings the topic to is committed
 * in the same transaction, as the metadata of a consumer group's offset ({@link
 * org.clickmill.jobs.push.PushedVersions}), so a push that is killed at any moment has either
 * published a version and says so, or has not. What a topic was sent is read back from the topic
 * itself ({@link org.clickmill.jobs.push.SentRecords}): rows are compared with what consumers have,
 * not with files that may be gone. See {@code docs/push.md}.
 */
package org.clickmill.jobs.push;
