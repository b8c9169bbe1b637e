/**
 * A real Kafka broker for tests and trials: one node in a process of its own, made of Kafka's own
 * jars, which the module {@code testdata/kafka} puts into a folder. {@link
 * org.clickmill.testdata.kafka.KafkaBroker} starts, kills and restarts it.
 *
 * <p>Nothing here, and so nothing on the class path of who starts a broker, needs Kafka's client.
 */
package org.clickmill.testdata.kafka;
