package org.clickmill.jobs.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * What a run of the loader brought in, and all that the next one has to know. Hours are numbers
 * since the epoch.
 *
 * @param formatVersion version of this format
 * @param sequence 1, 2, …
 * @param keptFrom the oldest commit that is kept with this one; nobody needs those before it
 * @param runId the run, in whose staging folder the files lie until they are moved
 * @param user the user who ran it
 * @param suiteVersion the suite that made it
 * @param createdAt when; information only
 * @param sealTime when the ends of the partitions were asked for
 * @param mapping fingerprint of the mapping
 * @param topics the topics that feed the warehouse
 * @param partitions all partitions of these
 * @param lost ranges of offsets that were given up
 * @param files what this run wrote: events, late events and rejects
 * @param open files of earlier commits whose hours had not been sealed before
 * @param sealedFrom the first hour that this commit seals, or null if none was ever sealed
 * @param sealedThrough the hour after the last one that is sealed: the watermark
 * @param newestHour the newest hour that ever had an event in time, or null
 * @param replaced files of earlier commits that those of this one take the place of, since persons
 *     were erased from them; they are deleted
 */
record Commit(
    int formatVersion,
    long sequence,
    long keptFrom,
    String runId,
    String user,
    String suiteVersion,
    Instant createdAt,
    Instant sealTime,
    String mapping,
    List<Topic> topics,
    List<PartitionProgress> partitions,
    List<LostRange> lost,
    List<StagedFile> files,
    List<StagedFile> open,
    Long sealedFrom,
    Long sealedThrough,
    Long newestHour,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<StagedFile> replaced) {
  /** The newest format that this suite knows: with files that are replaced. */
  static final int FORMAT_VERSION = 2;

  /** The format without. */
  private static final int FORMAT_VERSION_WITHOUT_REPLACED = 1;

  /** A commit of what was loaded. */
  Commit(
      long sequence,
      long keptFrom,
      String runId,
      String user,
      String suiteVersion,
      Instant createdAt,
      Instant sealTime,
      String mapping,
      List<Topic> topics,
      List<PartitionProgress> partitions,
      List<LostRange> lost,
      List<StagedFile> files,
      List<StagedFile> open,
      Long sealedFrom,
      Long sealedThrough,
      Long newestHour) {
    this(
        FORMAT_VERSION_WITHOUT_REPLACED,
        sequence,
        keptFrom,
        runId,
        user,
        suiteVersion,
        createdAt,
        sealTime,
        mapping,
        topics,
        partitions,
        lost,
        files,
        open,
        sealedFrom,
        sealedThrough,
        newestHour,
        List.of());
  }

  Commit {
    topics = List.copyOf(topics);
    partitions = List.copyOf(partitions);
    lost = List.copyOf(lost);
    files = List.copyOf(files);
    open = List.copyOf(open);
    replaced = replaced == null ? List.of() : List.copyOf(replaced);
  }

  /**
   * A topic.
   *
   * @param name its name
   * @param id what Kafka calls it: another one when it was created again
   */
  record Topic(String name, String id) {}

  /**
   * How far a partition is loaded.
   *
   * @param topic the topic
   * @param partition the partition of the topic
   * @param start where this run began
   * @param end where the next run begins
   * @param counts what the offsets from start to end were
   * @param total the same over all commits
   */
  record PartitionProgress(
      String topic, int partition, long start, long end, RangeCounts counts, RangeCounts total) {}

  /**
   * Offsets that Kafka does not have any more, with which the user did without.
   *
   * @param topic the topic
   * @param partition the partition of the topic
   * @param start the first that was lost
   * @param end the one after the last; -1 where nobody can know
   * @param reason what became of them
   */
  record LostRange(String topic, int partition, long start, long end, String reason) {
    /** Whether the topic was deleted and created again. */
    @JsonIgnore
    boolean isOfTopic() {
      return end < 0;
    }

    @Override
    public String toString() {
      return topic + "-" + partition + " [" + start + ", " + (end < 0 ? "?" : end) + "): " + reason;
    }
  }

  Optional<PartitionProgress> progress(String topic, int partition) {
    return partitions.stream()
        .filter(found -> found.topic().equals(topic) && found.partition() == partition)
        .findFirst();
  }

  Optional<Topic> topic(String name) {
    return topics.stream().filter(topic -> topic.name().equals(name)).findFirst();
  }

  /** This run's files for a dataset. */
  List<StagedFile> files(String dataset) {
    return files.stream().filter(file -> file.dataset().equals(dataset)).toList();
  }

  /** The hours that this commit seals, in order. */
  SortedSet<Long> sealedHours() {
    var hours = new TreeSet<Long>();
    if (sealedFrom != null) {
      for (long hour = sealedFrom; hour < sealedThrough; hour++) {
        hours.add(hour);
      }
    }
    return hours;
  }

  /** All files of events that hours hold which this commit seals or leaves open. */
  List<StagedFile> unsealed() {
    var all = new ArrayList<>(open);
    all.addAll(files(Datasets.EVENTS));
    return all;
  }

  /** The files of events whose hours the next commit finds open. */
  List<StagedFile> leftOpen() {
    return unsealed().stream()
        .filter(file -> sealedThrough == null || Hours.of(file.partition()) >= sealedThrough)
        .toList();
  }
}
