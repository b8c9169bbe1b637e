package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Deletes what is outside the datasets and no longer of use. */
final class Purge {
  private final Disk disk;
  private final Layout layout;
  private final int threads;

  Purge(Disk disk, Layout layout, int threads) {
    this.disk = disk;
    this.layout = layout;
    this.threads = threads;
  }

  /**
   * Deletes what was last touched before an instant.
   *
   * @param limit milliseconds since 1970
   * @param stuck commits that are not carried out yet, whose staged folders stay
   */
  void olderThan(long limit, List<PendingCommit> stuck) throws IOException {
    var partitions = new ArrayList<FileStatus>();
    for (var dataset : disk.list(layout.allTrash())) {
      partitions.addAll(Arrays.asList(disk.list(dataset.getPath())));
    }
    Parallel.map(partitions, threads, partition -> purgeTrash(partition, limit));
    if (stuck.stream().anyMatch(commit -> commit.intent() == null)) {
      // An intent that cannot be read may be of any run.
      return;
    }
    var kept =
        stuck.stream()
            .map(commit -> commit.intent().runId())
            .collect(Collectors.toCollection(HashSet::new));
    kept.add(committedLoad());
    var runs =
        Arrays.stream(disk.list(layout.allStaging()))
            .filter(run -> !kept.contains(run.getPath().getName()))
            .toList();
    Parallel.map(runs, threads, run -> purgeStaging(run, limit));
  }

  /**
   * The run of the loader's newest commit, or null. Its files may still be staged, however long ago
   * it died: Kafka need not have their records any more.
   */
  private String committedLoad() throws IOException {
    var newest =
        Arrays.stream(disk.list(layout.loaderCommits()))
            .map(FileStatus::getPath)
            .max(Comparator.comparing(Path::getName));
    return newest.isEmpty() ? null : Json.runId(disk.fileSystem(), newest.get());
  }

  /**
   * Deletes what was replaced of a partition before an instant, but the newest: by that, others see
   * that the partition is there between the moves of a commit.
   *
   * @param limit milliseconds since 1970
   */
  void replaced(Partition partition, long limit) throws IOException {
    var newest = layout.trash(partition, RollForward.newestInTrash(disk, layout, partition));
    for (var revision : disk.list(layout.trash(partition))) {
      if (!revision.getPath().getName().equals(newest.getName())
          && revision.getModificationTime() < limit) {
        disk.delete(revision.getPath());
      }
    }
  }

  private Void purgeTrash(FileStatus partition, long limit) throws IOException {
    var revisions = disk.list(partition.getPath());
    for (var revision : revisions) {
      if (revision.getModificationTime() < limit) {
        disk.delete(revision.getPath());
      }
    }
    // By its folder others see that a partition is there between the moves of a commit: not for
    // less time than a revision.
    if (revisions.length == 0 && partition.getModificationTime() < limit) {
      disk.deleteIfEmpty(partition.getPath());
    }
    return null;
  }

  /** A run that is alive touches its folder now and then; see {@link Heartbeat}. */
  private Void purgeStaging(FileStatus run, long limit) throws IOException {
    if (isOld(run, limit)) {
      disk.delete(run.getPath());
    }
    return null;
  }

  private boolean isOld(FileStatus status, long limit) throws IOException {
    if (status.getModificationTime() >= limit) {
      return false;
    }
    if (status.isDirectory()) {
      for (var child : disk.list(status.getPath())) {
        if (!isOld(child, limit)) {
          return false;
        }
      }
    }
    return true;
  }
}
