package org.clickmill.jobs.load;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Offsets of a partition of a topic, from the first to before the end.
 *
 * @param topic the topic
 * @param partition the partition of the topic
 * @param start the first offset
 * @param end the offset after the last
 */
record OffsetRange(String topic, int partition, long start, long end) {
  /** Offsets, each of which has a record or none. */
  @JsonIgnore
  long length() {
    return end - start;
  }

  @Override
  public String toString() {
    return topic + "-" + partition + " [" + start + ", " + end + ")";
  }
}
