/**
 * How tables go back to Kafka: {@link org.clickmill.jobs.push.Push} publishes the partitions of a
 * table to a topic, row by row, and later only the rows that have changed.
 *
 * <p>Each partition is one Kafka transaction. The version that it brings the topic to is committed
 * in the same transaction, as the metadata of a consumer group's offset ({@link
 * org.clickmill.jobs.push.PushedVersions}), so a push that is killed at any moment has either
 * published a version and says so, or has not. What has changed since is found in the trash, where
 * the version that the topic holds still lies ({@link org.clickmill.jobs.push.ReplacedVersion});
 * where it does not, what was sent is read back from the topic ({@link
 * org.clickmill.jobs.push.SentRecords}). See {@code docs/push.md}.
 */
package org.clickmill.jobs.push;
