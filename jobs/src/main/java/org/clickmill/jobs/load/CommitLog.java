package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Disk;
import org.clickmill.formats.warehouse.PlainNames;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * The loader's commits, numbered from 1 without a gap, and where their files lie. Only the newest
 * one may not be carried out yet; it says how far back they are kept.
 */
final class CommitLog {
  private static final String NAME_FORMAT = "%010d";
  private static final String EXTENSION = ".json";
  private static final Pattern NAME = Pattern.compile("[0-9]{10}\\.json");

  private final Warehouse warehouse;
  private final Disk disk;
  private final Path commits;
  private final Path done;

  CommitLog(Warehouse warehouse) {
    this.warehouse = warehouse;
    this.disk = warehouse.disk();
    this.commits = new Path(warehouse.loaderFolder(), "commits");
    this.done = new Path(warehouse.loaderFolder(), "done");
  }

  /**
   * The newest commit.
   *
   * @throws ClickmillException if one is missing, or it is damaged
   */
  Optional<Commit> last() throws IOException {
    // Before the commits are listed: a run marks what is committed.
    var carriedOut = names(done);
    var committed = names(commits);
    for (var name : carriedOut) {
      if (committed.isEmpty() || name.compareTo(committed.last()) > 0) {
        throw missing(new Path(commits, name), new Path(done, name));
      }
    }
    if (committed.isEmpty()) {
      return Optional.empty();
    }
    var newest = read(number(committed.last()));
    for (long kept = Math.max(1, newest.keptFrom()); kept < newest.sequence(); kept++) {
      if (!committed.contains(name(kept))) {
        // A local disk's list may lack a commit made meanwhile, and one that was deleted for it.
        if (!names(commits).equals(committed)) {
          return last();
        }
        throw missing(path(kept), path(newest.sequence()));
      }
    }
    return Optional.of(newest);
  }

  private TreeSet<String> names(Path folder) throws IOException {
    return Arrays.stream(disk.list(folder))
        .map(status -> status.getPath().getName())
        .filter(NAME.asMatchPredicate())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ClickmillException missing(Path commit, Path witness) {
    return ClickmillException.failed(
        "Missing commit: %s (%s is there). Without it, it is unknown which records are in the"
            + " warehouse. Bring the file back from a backup or a snapshot; nothing was loaded.",
        commit, witness);
  }

  /**
   * A commit by its number.
   *
   * @throws ClickmillException if it is damaged
   */
  Commit read(long sequence) throws IOException {
    var path = path(sequence);
    Commit commit;
    try (InputStream in = warehouse.fileSystem().open(path)) {
      commit = CommitJson.read(path, in.readAllBytes());
    }
    if (commit.sequence() != sequence) {
      throw CommitJson.damaged(path, "it is commit " + commit.sequence(), null);
    }
    requirePlainNames(path, commit);
    return commit;
  }

  /** A commit moves files from its run's staging folder to the loader's, and nowhere else. */
  private static void requirePlainNames(Path path, Commit commit) {
    if (!PlainNames.isPlain(commit.runId())) {
      throw CommitJson.damaged(path, "it is of a run named " + commit.runId(), null);
    }
    var files = new ArrayList<>(commit.files());
    files.addAll(commit.open());
    for (var file : files) {
      if (!PlainNames.isPlain(file.partition()) || !PlainNames.isPlain(file.file().name())) {
        throw CommitJson.damaged(
            path, "it lists a file " + file.partition() + "/" + file.file().name(), null);
      }
    }
  }

  /** Brings to the disk what the run has staged; to be called before the commit. */
  void syncStaged(Commit commit) throws IOException {
    for (var file : commit.files()) {
      disk.syncFile(staged(commit, file));
    }
    disk.syncFolderAndParents(
        commit.files().stream().map(file -> staged(commit, file).getParent()).toList(),
        warehouse.root());
  }

  /**
   * Commits. Whoever carries the commit out calls {@link #syncCommits} before anything else.
   *
   * @return false if there is a commit of that number, or was
   */
  boolean create(Commit commit) throws IOException {
    var path = path(commit.sequence());
    if (!warehouse.createWhole(commit.runId(), path, CommitJson.write(commit))) {
      return false;
    }
    if (isTakenAgain(commit)) {
      disk.delete(path);
      return false;
    }
    return true;
  }

  /**
   * Sees to it that commits which are seen are still there after a power failure; to be called
   * before one is carried out, since the run that made it may have died before it could.
   */
  void syncCommits() throws IOException {
    warehouse.syncFolder(commits);
  }

  /**
   * Whether the number of a commit that was just made was free only because the commit that had it
   * before is not kept any longer. A run that sleeps for so long must not commit; one that sleeps
   * right behind its commit, while others go on from there, has.
   */
  private boolean isTakenAgain(Commit commit) throws IOException {
    long newest = number(names(commits).last());
    return newest > commit.sequence()
        && read(newest).keptFrom() > commit.sequence()
        && lateFiles().stream().noneMatch(file -> sequence(file) == commit.sequence());
  }

  /** Whether all that follows from a commit has been carried out. */
  boolean isDone(Commit commit) throws IOException {
    return warehouse.fileSystem().exists(new Path(done, name(commit.sequence())));
  }

  /**
   * Says that a commit has been carried out, and so all before it; deletes older marks, and the
   * commits that are not kept any longer and have no late events that wait.
   */
  void markDone(Commit commit) throws IOException {
    disk.write(new Path(done, name(commit.sequence())), new byte[0]);
    delete(done, names(done).headSet(name(commit.sequence())));
    var old = names(commits).headSet(name(commit.keptFrom()));
    if (!old.isEmpty()) {
      var late = lateFiles().stream().map(CommitLog::sequence).min(Comparator.naturalOrder());
      syncLate();
      delete(commits, late.map(oldest -> old.headSet(name(oldest))).orElse(old));
    }
  }

  /**
   * Files of late events that are deleted do not come back after a power failure. A folder that
   * goes meanwhile is deleted from one that is synced after it.
   */
  private void syncLate() throws IOException {
    var folders = new ArrayList<Path>();
    var late = new Path(warehouse.loaderFolder(), Datasets.LATE);
    for (var day : disk.list(late)) {
      for (var hour : disk.list(day.getPath())) {
        folders.add(hour.getPath());
      }
      folders.add(day.getPath());
    }
    folders.add(late);
    disk.syncFolders(folders);
  }

  private void delete(Path folder, Set<String> names) throws IOException {
    for (var name : names) {
      disk.delete(new Path(folder, name));
    }
  }

  /** The files of late events that wait to be folded; only their commits say what is in them. */
  List<Path> lateFiles() throws IOException {
    var files = new ArrayList<Path>();
    for (var day : disk.list(new Path(warehouse.loaderFolder(), Datasets.LATE))) {
      for (var hour : disk.list(day.getPath())) {
        for (var file : disk.list(hour.getPath())) {
          files.add(file.getPath());
        }
      }
    }
    return files;
  }

  /**
   * The number of the commit that a file is of.
   *
   * @throws ClickmillException if its name says none
   */
  static long sequence(Path file) {
    var parts = file.getName().split("-", -1);
    try {
      return Long.parseLong(parts.length > 1 ? parts[1] : "");
    } catch (NumberFormatException e) {
      throw unknown(file);
    }
  }

  static ClickmillException unknown(Path file) {
    return ClickmillException.failed(
        "Unexpected file: %s is in no commit of the loader. Move it away.", file);
  }

  /** Where a file lies before the commit is carried out. */
  Path staged(Commit commit, StagedFile file) {
    return new Path(warehouse.stagingOf(commit.runId(), file.partition()), file.file().name());
  }

  /** Where a file lies until its hour is sealed, or its late events are folded. */
  Path placed(StagedFile file) {
    return new Path(file.partition().below(warehouse.loaderFolder()), file.file().name());
  }

  /**
   * Sees to it that files which were moved to their places are still there after a power failure.
   */
  void syncPlaced(Commit commit) throws IOException {
    disk.syncFolderAndParents(
        commit.files().stream().map(file -> placed(file).getParent()).toList(), warehouse.root());
  }

  /** The beginning of the names of a commit's files. */
  static String filePrefix(long sequence) {
    return String.format(Locale.ROOT, NAME_FORMAT, sequence);
  }

  private Path path(long sequence) {
    return new Path(commits, name(sequence));
  }

  private static String name(long sequence) {
    return filePrefix(sequence) + EXTENSION;
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(0, name.length() - EXTENSION.length()));
  }
}
