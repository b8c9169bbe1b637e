package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Finds before a commit what would keep it from being carried out: a folder that may not be written
 * to, an encryption zone or a disk that ends between the staged folder and its place. Each folder
 * is looked at once. What only the move itself shows, as a quota, makes a {@link StuckCommit}.
 */
final class MoveCheck {
  private final Disk disk;
  private final Layout layout;
  private final Set<Path> passed = ConcurrentHashMap.newKeySet();

  MoveCheck(Disk disk, Layout layout) {
    this.disk = disk;
    this.layout = layout;
  }

  /**
   * Looks at the folders that moves of a partition change.
   *
   * @param ofOther whether another user has published what lies there now
   * @throws ClickmillException if the partition cannot be moved
   */
  void require(Partition partition, boolean ofOther) throws IOException {
    var published = layout.published(partition);
    var trash = layout.trash(partition).getParent();
    try {
      requireFolder(partition, layout.intents(partition.dataset()));
      requireFolder(partition, trash);
      requireFolder(partition, published.getParent());
      if (ofOther) {
        disk.fileSystem().access(published, FsAction.WRITE_EXECUTE);
      }
    } catch (AccessControlException e) {
      throw ClickmillException.failed(
          "Cannot publish %s: %s. Nothing was committed; give user and group the right to write"
              + " there, and run again.",
          partition, RollForward.firstLine(e), e);
    }
  }

  private void requireFolder(Partition partition, Path folder) throws IOException {
    if (passed.contains(folder)) {
      return;
    }
    var existing = existing(folder);
    disk.fileSystem().access(existing, FsAction.WRITE_EXECUTE);
    var there = region(disk.fileSystem(), existing);
    var staging = existing(layout.allStaging());
    var here = region(disk.fileSystem(), staging);
    if (!there.equals(here)) {
      throw ClickmillException.failed(
          "Cannot publish %s: it cannot be moved between %s, which is %s, and %s, which is %s."
              + " Nothing was committed; put the whole warehouse into one.",
          partition, staging, here, existing, there);
    }
    passed.add(folder);
  }

  private Path existing(Path folder) throws IOException {
    var path = folder;
    while (!path.equals(layout.root())) {
      try {
        return disk.fileSystem().getFileStatus(path).getPath();
      } catch (FileNotFoundException e) {
        path = path.getParent();
      }
    }
    return path;
  }

  /** Where a folder is, of what a rename cannot leave. */
  static String region(FileSystem fs, Path folder) throws IOException {
    if (fs instanceof DistributedFileSystem hdfs) {
      var zone = hdfs.getEZForPath(folder);
      return zone == null ? "in no encryption zone" : "in the encryption zone " + zone.getPath();
    }
    if (fs instanceof AtomicLocalFileSystem) {
      return "on " + Objects.toString(Files.getFileStore(java.nio.file.Path.of(folder.toUri())));
    }
    return "on " + fs.getUri();
  }
}
