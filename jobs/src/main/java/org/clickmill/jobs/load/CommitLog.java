package org.clickmill.jobs.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Disk;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.StagedFiles.StagedFile;

/**
 * The loader's commits, numbered from 1 without a gap, and where their files lie. Only the newest
 * one may not be carried out yet.
 */
final class CommitLog {
  private static final String NAME_FORMAT = "%010d";
  private static final String EXTENSION = ".json";

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
    long sequence = 0;
    for (var name : names(commits)) {
      sequence++;
      if (!name.equals(name(sequence))) {
        throw missing(path(sequence), new Path(commits, name));
      }
    }
    for (var name : carriedOut) {
      if (name.compareTo(name(sequence)) > 0) {
        throw missing(new Path(commits, name), new Path(done, name));
      }
    }
    return sequence == 0 ? Optional.empty() : Optional.of(read(sequence));
  }

  private List<String> names(Path folder) throws IOException {
    return Arrays.stream(disk.list(folder))
        .map(status -> status.getPath().getName())
        .filter(name -> name.endsWith(EXTENSION))
        .sorted()
        .toList();
  }

  private static ClickmillException missing(Path commit, Path witness) {
    return ClickmillException.failed(
        "Missing commit: %s (%s is there). Without it nobody knows which records are in the"
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
    return commit;
  }

  /**
   * Commits.
   *
   * @return false if there is a commit of that number
   */
  boolean create(Commit commit) throws IOException {
    return warehouse.createWhole(commit.runId(), path(commit.sequence()), CommitJson.write(commit));
  }

  /** Whether all that follows from a commit has been carried out. */
  boolean isDone(Commit commit) throws IOException {
    return warehouse.fileSystem().exists(new Path(done, name(commit.sequence())));
  }

  /** Says that a commit has been carried out, and so all before it. */
  void markDone(Commit commit) throws IOException {
    disk.write(new Path(done, name(commit.sequence())), new byte[0]);
    for (var mark : disk.list(done)) {
      if (mark.getPath().getName().compareTo(name(commit.sequence())) < 0) {
        disk.delete(mark.getPath());
      }
    }
  }

  /** Where a file lies before the commit is carried out. */
  Path staged(Commit commit, StagedFile file) {
    return new Path(warehouse.stagingOf(commit.runId(), file.partition()), file.file().name());
  }

  /** Where a file lies until its hour is sealed, or its late events are folded. */
  Path placed(StagedFile file) {
    return new Path(file.partition().below(warehouse.loaderFolder()), file.file().name());
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
}
