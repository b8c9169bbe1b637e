package org.clickmill.jobs.load;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;

/**
 * How far the topics are loaded that feed a warehouse.
 *
 * @param commit number of the newest commit
 * @param committedAt when it was made
 * @param isCarriedOut whether all its files are in their places and its hours sealed
 * @param newestSealedHour the start of the last hour that is sealed, or null
 * @param lateWaiting late events that are not folded into their hours yet
 * @param partitions the partitions of all topics
 */
public record LoaderStatus(
    long commit,
    Instant committedAt,
    boolean isCarriedOut,
    Instant newestSealedHour,
    long lateWaiting,
    List<Part> partitions) {
  /**
   * A partition.
   *
   * @param topic the topic
   * @param partition the partition of the topic
   * @param committed the offset after the last one that is loaded
   * @param end the offset after the last one that there is; null if Kafka was not asked
   * @param lag how many offsets are not loaded yet; null if Kafka was not asked
   * @param events in all commits
   * @param late in all commits
   * @param rejected in all commits
   */
  public record Part(
      String topic,
      int partition,
      long committed,
      Long end,
      Long lag,
      long events,
      long late,
      long rejected) {}

  /**
   * Reads how far the topics are loaded; changes nothing.
   *
   * @param client of Kafka, which is asked for the ends of the partitions; null to leave these out
   * @return empty if no topic was ever loaded
   */
  public static Optional<LoaderStatus> read(Run run, KafkaClient client)
      throws IOException, InterruptedException {
    Warehouse warehouse = run.warehouse();
    var log = new CommitLog(warehouse);
    var last = log.last().orElse(null);
    if (last == null) {
      return Optional.empty();
    }
    List<PartitionOffsets> found = List.of();
    if (client != null) {
      try (var kafka = KafkaTopics.connect(client, run.configuration())) {
        found = kafka.offsets(last.topics().stream().map(Commit.Topic::name).toList());
      }
    }
    return Optional.of(
        new LoaderStatus(
            last.sequence(),
            last.createdAt(),
            log.isDone(last),
            last.sealedThrough() == null
                ? null
                : Instant.ofEpochMilli((last.sealedThrough() - 1) * Hours.MILLISECONDS),
            new LateEvents(run).count(),
            parts(last, found)));
  }

  private static List<Part> parts(Commit last, List<PartitionOffsets> found) {
    var parts = new ArrayList<Part>();
    for (var progress : last.partitions()) {
      Long end =
          found.stream()
              .filter(
                  offsets ->
                      offsets.topic().equals(progress.topic())
                          && offsets.partition() == progress.partition())
              .map(PartitionOffsets::end)
              .findFirst()
              .orElse(null);
      parts.add(
          new Part(
              progress.topic(),
              progress.partition(),
              progress.end(),
              end,
              end == null ? null : end - progress.end(),
              progress.total().events(),
              progress.total().late(),
              progress.total().rejected()));
    }
    // Partitions that were added since the last load.
    for (var offsets : found) {
      if (last.progress(offsets.topic(), offsets.partition()).isEmpty()) {
        parts.add(
            new Part(
                offsets.topic(), offsets.partition(), 0, offsets.end(), offsets.end(), 0, 0, 0));
      }
    }
    return parts;
  }
}
