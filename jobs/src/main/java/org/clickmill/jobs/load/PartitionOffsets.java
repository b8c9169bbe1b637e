package org.clickmill.jobs.load;

/**
 * What Kafka has of a partition.
 *
 * @param topic the topic
 * @param topicId what Kafka calls the topic: another one when it was created again
 * @param partition the partition of the topic
 * @param earliest the first offset that is still there
 * @param end the offset after the last record that is committed
 */
record PartitionOffsets(String topic, String topicId, int partition, long earliest, long end) {
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
