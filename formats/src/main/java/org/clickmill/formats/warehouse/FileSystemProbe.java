package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Finds out whether a file system can hold a warehouse: neither creating nor renaming overwrites
 * what is there, a folder moves as a whole, and of several that create or rename to one name,
 * exactly one must succeed. Object stores that copy instead of renaming fail.
 */
final class FileSystemProbe {
  private static final int RACERS = 4;
  private static final int ROUNDS = 5;

  private final Disk disk;
  private final Path root;

  FileSystemProbe(Disk disk, Path root) {
    this.disk = disk;
    this.root = root;
  }

  /**
   * Tries it out below the root.
   *
   * @throws ClickmillException if the file system fails
   */
  void check() throws IOException {
    check(new Path(root, "_staging/probe-" + UUID.randomUUID()));
  }

  /**
   * Tries it out in a folder, which is deleted afterwards.
   *
   * @throws ClickmillException if the file system fails
   */
  void check(Path folder) throws IOException {
    try {
      disk.makeFolder(folder);
      require(!createsTwice(folder), "it creates one file twice");
      checkFiles(folder);
      checkFolders(folder);
      for (int round = 0; round < ROUNDS; round++) {
        require(raceOfFiles(folder, round) == 1, "it renames two files to one name");
        require(raceOfFolders(folder, round) == 1, "it renames two folders to one name");
      }
    } catch (UnsupportedFileSystemException | UnsupportedOperationException e) {
      throw refusal("it cannot rename without overwriting", e);
    } finally {
      disk.delete(folder);
    }
  }

  private void checkFiles(Path folder) throws IOException {
    var file = new Path(folder, "file");
    disk.write(file, new byte[] {1});
    require(isSeen(file), "a file that was closed is not seen");
    require(!creates(file), "it creates a file in the place of another");
    var other = new Path(folder, "other");
    disk.write(other, new byte[] {1, 2});
    require(
        !disk.move(other, file) && disk.fileSystem().getFileStatus(file).getLen() == 1,
        "it renames a file over another");
  }

  private boolean isSeen(Path file) throws IOException {
    return disk.fileSystem().getFileStatus(file).getLen() == 1
        && Arrays.stream(disk.list(file.getParent()))
            .anyMatch(status -> status.getPath().getName().equals(file.getName()));
  }

  private boolean creates(Path file) throws IOException {
    try (var out = disk.fileSystem().create(file, false)) {
      out.write(1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void checkFolders(Path folder) throws IOException {
    var source = new Path(folder, "source");
    disk.write(new Path(source, "hour/content"), new byte[] {1});
    var target = new Path(folder, "target");
    require(
        disk.move(source, target)
            && !disk.fileSystem().exists(source)
            && disk.fileSystem().exists(new Path(target, "hour/content")),
        "it does not rename a folder with all that is in it");
    disk.makeFolder(source);
    require(
        !disk.move(source, target) && disk.fileSystem().exists(source),
        "it renames a folder to one that exists");
  }

  private void require(boolean condition, String reason) {
    if (!condition) {
      throw refusal(reason, null);
    }
  }

  private ClickmillException refusal(String reason, Throwable cause) {
    return ClickmillException.usage(
        "Cannot keep a warehouse at %s: %s (use HDFS or a local disk)", root, reason, cause);
  }

  /** The second is tried while the first is still being written. */
  private boolean createsTwice(Path folder) throws IOException {
    var file = new Path(folder, "exclusive");
    try (var first = disk.fileSystem().create(file, false)) {
      first.write(1);
      return creates(file);
    }
  }

  private long raceOfFiles(Path folder, int round) throws IOException {
    return race(folder, "file-" + round, false);
  }

  private long raceOfFolders(Path folder, int round) throws IOException {
    return race(folder, "folder-" + round, true);
  }

  private long race(Path folder, String name, boolean folders) throws IOException {
    var racers = IntStream.range(0, RACERS).boxed().toList();
    for (int racer : racers) {
      var source = new Path(folder, name + "-of-" + racer);
      disk.write(folders ? new Path(source, "content") : source, new byte[] {(byte) racer});
    }
    return Parallel.map(
            racers,
            RACERS,
            racer -> disk.move(new Path(folder, name + "-of-" + racer), new Path(folder, name)))
        .stream()
        .filter(won -> won)
        .count();
  }
}
