package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Parallel;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Hours;
import org.clickmill.jobs.kernel.Run;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * Carries out what follows from a commit. Each step looks first whether it is done already, so any
 * number of processes may carry out the same commit, one after the other or at once.
 */
final class RollForward {
  private static final int ATTEMPTS = 200;
  private static final long PAUSE_MILLIS = 10;

  private final Warehouse warehouse;
  private final CommitLog log;
  private final PartitionFeeder feeder;

  RollForward(Run run, CommitLog log) {
    this.warehouse = run.warehouse();
    this.log = log;
    this.feeder = new PartitionFeeder(run.step("seal"), log);
  }

  /**
   * Moves the commit's files to their places, deletes what they replace, publishes its rejects and
   * seals its hours.
   */
  void complete(Commit commit) throws IOException, InterruptedException {
    if (log.isDone(commit)) {
      return;
    }
    log.syncCommits();
    Parallel.map(commit.files(), warehouse.threads(), file -> place(commit, file));
    log.syncPlaced(commit);
    for (var file : commit.replaced()) {
      warehouse.disk().delete(log.placed(file));
    }
    feeder.feed(feeds(commit));
    log.markDone(commit);
    warehouse.discardStaging(commit.runId());
  }

  private Void place(Commit commit, StagedFile file) throws IOException {
    var staged = log.staged(commit, file);
    var placed = log.placed(file);
    boolean moved = false;
    // Another process may delete the folder, while it is empty, before the file is in it.
    for (int attempt = 0; !moved && warehouse.fileSystem().exists(staged); attempt++) {
      if (attempt == ATTEMPTS) {
        throw ClickmillException.failed(
            "Cannot move file of commit %d: it is both %s and %s. If one of them was restored by"
                + " hand, delete the one in the staging folder, and run load again.",
            commit.sequence(), staged, placed);
      }
      pause(attempt);
      warehouse.disk().makeFolder(placed.getParent());
      moved = warehouse.disk().move(staged, placed);
    }
    // In the order in which a file goes from one to the next, so that none slips past.
    if (!moved
        && !warehouse.fileSystem().exists(placed)
        && !feeder.holds(PartitionFeeder.target(file), file)) {
      throw ClickmillException.failed(
          "Missing file of commit %d: it is neither %s nor %s, and %s does not list it. Bring it"
              + " back from a backup or a snapshot, and run load again.",
          commit.sequence(), staged, placed, PartitionFeeder.target(file));
    }
    return null;
  }

  private static void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep(Math.min(attempt, PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted");
    }
  }

  /** What the partitions of rejects and the hours get that this commit makes or seals. */
  private static TreeMap<Partition, List<StagedFile>> feeds(Commit commit) {
    var feeds = new TreeMap<Partition, List<StagedFile>>();
    for (long hour : commit.sealedHours()) {
      feeds.put(Hours.partition(hour), new ArrayList<>());
    }
    for (var file : commit.unsealed()) {
      var hour = feeds.get(file.partition());
      if (hour != null) {
        hour.add(file);
      }
    }
    for (var file : commit.files(Datasets.REJECTS)) {
      feeds.computeIfAbsent(file.partition(), partition -> new ArrayList<>()).add(file);
    }
    return feeds;
  }
}
