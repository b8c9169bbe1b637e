package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.ipc.RetriableException;
import org.apache.hadoop.ipc.StandbyException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Carries out commits. Only forward, by anyone, any number at a time.
 *
 * <p>Why a process that was paused anywhere cannot do harm when it goes on: an intent for revision
 * r is in force only while the published revision is below r, and nothing else can be published
 * until it is carried out. It ends with a move of what was staged, which exists once. What it
 * replaces moves to a place in the trash that is named after its revision, and which is taken from
 * then on. And an intent that came too late (its revision was published before it was created) is
 * seen to be void by the published revision or, between the two moves of a later one, by the trash.
 *
 * <p>Why a power failure cannot either: intents are on the disk before the first move, and all
 * moves before an intent is deleted. In between, whatever of the moves is lost is made again.
 */
final class RollForward {
  private static final int ATTEMPTS = 200;

  /** Enough for both moves, if what was in their way is not any more. */
  private static final int ATTEMPTS_AGAIN = 5;

  private static final long PAUSE_MILLIS = 10;

  /** What a NameNode answers that refuses nothing, but cannot do it now. */
  private static final Set<String> UNAVAILABLE =
      Set.of(
          StandbyException.class.getName(),
          RetriableException.class.getName(),
          SafeModeException.class.getName());

  private final Disk disk;
  private final Layout layout;
  private final ExpiredManifests expired;

  /** Intents that were found stuck by this process, which need not be waited for again. */
  private final Set<PendingCommit> stuck = ConcurrentHashMap.newKeySet();

  RollForward(Disk disk, Layout layout, ExpiredManifests expired) {
    this.disk = disk;
    this.layout = layout;
    this.expired = expired;
  }

  /**
   * What became of a commit.
   *
   * @param isMovedHere whether it was this call that made the last move
   * @param stuck why it cannot be carried out, or null
   */
  record CarriedOut(PendingCommit commit, boolean isMovedHere, StuckCommit stuck) {}

  private enum Attempt {
    /** Somebody has carried it out, or it is void. */
    OVER,
    MOVED,
    AGAIN
  }

  /**
   * Carries out intents, each unless that is done or it is void, and deletes them; those that
   * cannot be carried out stay.
   */
  List<CarriedOut> carryOut(List<PendingCommit> pending, int threads) throws IOException {
    syncIntents(pending);
    var results = Parallel.map(pending, threads, this::carryOut);
    var done =
        results.stream().filter(result -> result.stuck() == null).map(CarriedOut::commit).toList();
    syncMoves(done);
    Parallel.map(done, threads, commit -> disk.delete(commit.file()));
    return results;
  }

  /**
   * Whether commits, which this process has made, are on the disk and in force. From then on they
   * are certain: nothing but themselves can end that.
   */
  boolean areCertain(List<PendingCommit> commits) throws IOException {
    syncIntents(commits);
    for (var commit : commits) {
      var published = Json.manifest(disk.fileSystem(), layout.manifest(commit.partition()));
      // Who reads the partition meanwhile carries the commit out.
      boolean isCarriedOut = published.filter(commit.intent()::isOf).isPresent();
      if (!isCarriedOut && isOver(commit.intent(), published)) {
        return false;
      }
    }
    return true;
  }

  private void syncIntents(List<PendingCommit> pending) throws IOException {
    for (var commit : pending) {
      disk.syncEntriesOnce(commit.file().getParent(), layout.root());
    }
    disk.syncFolders(pending.stream().map(commit -> commit.file().getParent()).toList());
  }

  /** Of a folder that was renamed, its new name: a file system keeps or loses the two as one. */
  private void syncMoves(List<PendingCommit> done) throws IOException {
    var trash = new ArrayList<Path>();
    var published = new ArrayList<Path>();
    for (var commit : done) {
      var place = layout.published(commit.partition());
      if (commit.intent().kind() == Intent.Kind.RENEW) {
        published.add(place);
        continue;
      }
      if (commit.intent().revision() > 1) {
        trash.add(layout.trash(commit.partition()));
        disk.syncEntriesOnce(layout.trash(commit.partition()), layout.root());
      }
      published.add(place.getParent());
      disk.syncEntriesOnce(place.getParent(), layout.root());
    }
    disk.syncFolders(trash);
    disk.syncFolders(published);
  }

  private CarriedOut carryOut(PendingCommit commit) throws IOException {
    if (commit.problem() != null) {
      return stuck(commit, commit.problem());
    }
    int attempts = stuck.contains(commit) ? ATTEMPTS_AGAIN : ATTEMPTS;
    var reason = "If a folder of these was deleted or restored by hand, bring it back.";
    try {
      for (int attempt = 0; attempt < attempts; attempt++) {
        var result = attempt(commit.intent());
        if (result != Attempt.AGAIN) {
          stuck.remove(commit);
          return new CarriedOut(commit, result == Attempt.MOVED, null);
        }
        pause(attempt);
      }
    } catch (IOException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      reason = firstLine(e) + ".";
    }
    var intent = commit.intent();
    return stuck(
        commit,
        String.format(
            Locale.ROOT,
            "Cannot finish publishing %s: run %s of %s committed revision %d, but %s cannot be"
                + " moved to %s. %s",
            intent.where(),
            intent.runId(),
            intent.user(),
            intent.revision(),
            staged(intent),
            layout.published(intent.where()),
            reason));
  }

  private CarriedOut stuck(PendingCommit commit, String problem) {
    stuck.add(commit);
    var message =
        "%s To give the commit up, delete the intent %s."
            .formatted(problem.endsWith(".") ? problem : problem + ".", commit.file());
    return new CarriedOut(commit, false, new StuckCommit(commit.partition(), message));
  }

  private Path staged(Intent intent) {
    return new Path(layout.root(), intent.staged());
  }

  /**
   * Looks, and makes the moves that are left. Once an intent was seen to be in force, nothing but
   * itself can end that, and what it has staged can be moved once only: so a move that succeeds is
   * its own.
   */
  private Attempt attempt(Intent intent) throws IOException {
    var partition = intent.where();
    var manifest = Json.manifest(disk.fileSystem(), layout.manifest(partition));
    if (isOver(intent, manifest)) {
      return Attempt.OVER;
    }
    var staged = staged(intent);
    var stagedManifest = new Path(staged, Manifest.FILE_NAME);
    if (intent.kind() == Intent.Kind.RENEW) {
      boolean isMoved = disk.replace(stagedManifest, layout.manifest(partition));
      return isMoved ? Attempt.MOVED : Attempt.AGAIN;
    }
    // If it is not there, somebody else moved it just now, or it was deleted behind our back.
    boolean isMoved =
        disk.fileSystem().exists(stagedManifest)
            && (manifest.isEmpty() || moveToTrash(partition, manifest.get().revision()))
            && moveIn(staged, layout.published(partition));
    return isMoved ? Attempt.MOVED : Attempt.AGAIN;
  }

  private boolean isOver(Intent intent, Optional<Manifest> published) throws IOException {
    if (published.isPresent()) {
      return published.get().revision() >= intent.revision();
    }
    if (intent.kind() == Intent.Kind.RENEW) {
      return true;
    }
    int trash = newestInTrash(intent.where());
    // What was there and is not in the trash either has expired, and its folder is gone.
    return trash >= intent.revision()
        || (trash == 0 && intent.revision() > 1 && expired.find(intent.where()).isPresent());
  }

  /** A metastore that is told of a partition makes its folder where there is none. */
  private boolean moveIn(Path staged, Path published) throws IOException {
    if (disk.move(staged, published)) {
      return true;
    }
    disk.makeFolder(published.getParent());
    disk.deleteIfEmpty(published);
    return disk.move(staged, published);
  }

  /** Whether the file system has refused a step, and will again until something is changed. */
  private static boolean isRefusal(IOException e) {
    return e instanceof AccessControlException
        || e instanceof QuotaExceededException
        || e instanceof RemoteException remote && !isUnavailable(remote)
        || e instanceof java.nio.file.FileSystemException;
  }

  /** No NameNode that answered was active, or it is about to be: the next one carries it out. */
  private static boolean isUnavailable(RemoteException e) {
    return UNAVAILABLE.contains(e.getClassName());
  }

  static String firstLine(IOException e) {
    var message = e.getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse(e.toString());
  }

  /** The trash goes by modification time, so that is set to when the partition was replaced. */
  private boolean moveToTrash(Partition partition, int revision) throws IOException {
    var published = layout.published(partition);
    try {
      disk.fileSystem().setTimes(published, System.currentTimeMillis(), -1);
    } catch (FileNotFoundException e) {
      return false;
    }
    var trash = layout.trash(partition, revision);
    // Where a partition was replaced before, its folder is there.
    if (revision > 1 && disk.move(published, trash)) {
      return true;
    }
    disk.makeFolder(trash.getParent());
    return disk.move(published, trash);
  }

  /** The newest revision of a partition that was replaced and is still kept, or 0. */
  int newestInTrash(Partition partition) throws IOException {
    return newestInTrash(disk, layout, partition);
  }

  static int newestInTrash(Disk disk, Layout layout, Partition partition) throws IOException {
    int newest = 0;
    for (var status : disk.list(layout.trash(partition))) {
      var name = status.getPath().getName();
      if (name.matches("r\\d{1,9}")) {
        newest = Math.max(newest, Integer.parseInt(name.substring(1)));
      }
    }
    return newest;
  }

  private static void pause(int attempt) throws IOException {
    try {
      Thread.sleep(Math.min(attempt, PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted");
    }
  }
}
