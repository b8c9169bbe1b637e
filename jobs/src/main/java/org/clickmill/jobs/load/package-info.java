/**
 * Between Kafka and events: the only package that uses Kafka's client.
 *
 * <p>{@link org.clickmill.jobs.load.PublishJob} sends events to a topic, for trials and tests. What
 * it is told of the client, passwords included, is a {@link
 * org.clickmill.jobs.load.ClientProperties}, which shows none of it.
 */
package org.clickmill.jobs.load;
