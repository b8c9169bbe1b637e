package org.clickmill.jobs.push;

import java.util.List;

/**
 * How a topic stands to a table.
 *
 * @param table the table
 * @param topic the topic
 * @param partitions the published partitions, by their days
 */
public record PushPlan(String table, String topic, List<Part> partitions) {
  public PushPlan {
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition.
   *
   * @param partition its path below the table
   * @param pushed the version that the topic holds; 0 if none
   * @param version the version that is published
   */
  public record Part(String partition, int pushed, int version) {
    /** How many versions the topic is behind; a table that was made anew is one. */
    int behind() {
      return version > pushed ? version - pushed : version < pushed ? 1 : 0;
    }
  }

  /** The partitions that the topic holds in another version, or not at all. */
  public List<Part> stale() {
    return partitions.stream().filter(part -> part.behind() > 0).toList();
  }

  /** How many versions the topic is behind. */
  public long behind() {
    return partitions.stream().mapToLong(Part::behind).sum();
  }
}
