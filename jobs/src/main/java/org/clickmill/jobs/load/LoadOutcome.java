package org.clickmill.jobs.load;

import java.time.Instant;
import java.util.List;

/**
 * What a load did: {@code offsets + added = events + late + rejected + tombstones + filtered +
 * gaps}.
 *
 * @param commit number of the commit that it made; 0 if there was nothing new
 * @param partitions what each partition brought
 * @param total the sum of these
 * @param hoursSealed hours that the commit seals
 * @param sealedThrough the end of the last hour that is sealed, or null
 * @param lost ranges of offsets that were done without
 * @param warnings for the user
 */
public record LoadOutcome(
    long commit,
    List<Part> partitions,
    RangeCounts total,
    long hoursSealed,
    Instant sealedThrough,
    List<String> lost,
    List<String> warnings) {
  /**
   * What a partition brought, or would bring.
   *
   * @param topic the topic
   * @param partition the partition of the topic
   * @param start the first offset
   * @param end the one after the last
   * @param counts what they were; null in a plan
   */
  public record Part(String topic, int partition, long start, long end, RangeCounts counts) {}
}
