package org.clickmill.jobs.load;

import java.time.Instant;
import java.util.List;
import org.clickmill.formats.mapping.Mapping;

/**
 * What to load, and how.
 *
 * @param topics the topics that feed the warehouse; empty for those of the last commit
 * @param mapping makes events of messages
 * @param format of the messages' values
 * @param start where a topic's first load begins; null if it must have been loaded before
 * @param sealTime the time that the run takes for now; null for the time of its start
 * @param acceptDataLoss whether offsets that Kafka does not have any more are done without
 */
public record LoadOptions(
    List<String> topics,
    Mapping mapping,
    ValueFormat format,
    StartAt start,
    Instant sealTime,
    boolean acceptDataLoss) {
  public LoadOptions {
    topics = topics.stream().distinct().sorted().toList();
  }

  LoadOptions with(Mapping other) {
    return new LoadOptions(topics, other, format, start, sealTime, acceptDataLoss);
  }
}
