package org.clickmill.jobs.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.load.Commit.LostRange;

/**
 * Which offsets a run reads: of every partition those from the end of the last commit to the end
 * now.
 *
 * @param ranges one for each partition, also where there is nothing to read
 * @param topics the topics with their ids
 * @param lost what Kafka does not have any more
 * @param isNew whether a partition has never been in a commit
 */
record LoadPlan(
    List<OffsetRange> ranges, List<Commit.Topic> topics, List<LostRange> lost, boolean isNew) {

  /** Where a topic that was never loaded begins. */
  @FunctionalInterface
  interface Start {
    long of(PartitionOffsets partition) throws InterruptedException;
  }

  /**
   * Plans a run.
   *
   * @param last the newest commit, or null
   * @param found the partitions that there are now
   * @param start where topics begin that are not in the commit
   * @throws ClickmillException if a topic was created again, or a partition is behind its commit
   */
  static LoadPlan of(Commit last, List<PartitionOffsets> found, Start start)
      throws InterruptedException {
    var ranges = new ArrayList<OffsetRange>();
    var lost = new ArrayList<LostRange>();
    boolean isNew = false;
    for (var partition : found) {
      var topic = last == null ? null : last.topic(partition.topic()).orElse(null);
      var progress =
          last == null
              ? null
              : last.progress(partition.topic(), partition.partition()).orElse(null);
      isNew |= progress == null;
      long from;
      if (topic == null) {
        from = start.of(partition);
      } else if (!topic.id().equals(partition.topicId())) {
        from = partition.earliest();
        lost.add(
            new LostRange(
                partition.topic(),
                partition.partition(),
                progress == null ? 0 : progress.end(),
                -1,
                "the topic was deleted and created again, so its offsets are other records'"));
      } else {
        // A partition that was added is read from its first record.
        from = progress == null ? 0 : progress.end();
        if (from < partition.earliest()) {
          lost.add(
              new LostRange(
                  partition.topic(),
                  partition.partition(),
                  from,
                  partition.earliest(),
                  "deleted by the topic's retention before it was loaded"));
          from = partition.earliest();
        }
      }
      requireAhead(partition, from);
      ranges.add(new OffsetRange(partition.topic(), partition.partition(), from, partition.end()));
    }
    requireAll(last, ranges);
    var topics =
        found.stream()
            .map(partition -> new Commit.Topic(partition.topic(), partition.topicId()))
            .distinct()
            .toList();
    return new LoadPlan(List.copyOf(ranges), topics, List.copyOf(lost), isNew);
  }

  private static void requireAhead(PartitionOffsets partition, long from) {
    if (from > partition.end()) {
      throw ClickmillException.notReady(
          "Cannot load %s: offset %d is committed, but the partition ends at %d. If its broker has"
              + " just been started, try again; if it lost acknowledged records, their offsets will"
              + " be given to others: delete the topic and create it again, which load notices.",
          partition, from, partition.end());
    }
  }

  private static void requireAll(Commit last, List<OffsetRange> ranges) {
    if (last == null) {
      return;
    }
    for (var progress : last.partitions()) {
      if (ranges.stream()
          .noneMatch(
              range ->
                  range.topic().equals(progress.topic())
                      && range.partition() == progress.partition())) {
        // A topic that was created again may have fewer; its loss has been told.
        if (ranges.stream().noneMatch(range -> range.topic().equals(progress.topic()))) {
          throw ClickmillException.usage(
              "Cannot load without topic '%s': it feeds this warehouse, whose hours are sealed when"
                  + " all topics have been read. Name every topic: --topic a,b",
              progress.topic());
        }
      }
    }
  }

  /** The ranges that have something to read. */
  List<OffsetRange> toRead() {
    return ranges.stream().filter(range -> range.length() > 0).toList();
  }

  /** How many offsets there are to read. */
  long offsets() {
    return ranges.stream().mapToLong(OffsetRange::length).sum();
  }

  /**
   * Fails if records are lost that nobody has agreed to lose.
   *
   * @throws ClickmillException naming the ranges
   */
  void requireNothingLost() {
    if (!lost.isEmpty()) {
      throw ClickmillException.failed(
          "Cannot load: records are lost:%s%nIf they can be done without, run load once with"
              + " --accept-data-loss, which writes these ranges into the commit.",
          lost.stream()
              .map(range -> System.lineSeparator() + "  " + range)
              .collect(Collectors.joining()));
    }
  }
}
