package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/** The few steps that publishing and loading are made of, with their results checked. */
public final class Disk {
  private static final FileStatus[] NOTHING = {};
  private static final int WRITE_BUFFER_SIZE = 1 << 12;

  private final FileSystem fs;
  private final boolean syncs;

  /** Folders that are never deleted, and whose names are on the disk. */
  private final Set<Path> synced = ConcurrentHashMap.newKeySet();

  Disk(FileSystem fs) {
    this(fs, WarehouseSettings.SYNC.get(fs.getConf()));
  }

  /**
   * @param syncs whether a local disk is to keep what is synced here over a power failure; on HDFS
   *     the file system's own configuration says so
   */
  Disk(FileSystem fs, boolean syncs) {
    this.fs = fs;
    this.syncs = syncs;
  }

  FileSystem fileSystem() {
    return fs;
  }

  /** What a folder holds; nothing when it does not exist. */
  public FileStatus[] list(Path folder) throws IOException {
    try {
      return fs.listStatus(folder);
    } catch (FileNotFoundException e) {
      return NOTHING;
    }
  }

  /** Creates a folder, and those that it lies in; it may exist. */
  public void makeFolder(Path folder) throws IOException {
    if (!fs.mkdirs(folder)) {
      throw new IOException("Cannot create folder: " + folder);
    }
  }

  /**
   * Deletes whatever is there.
   *
   * @return false if nothing was; what cannot be deleted is an exception on HDFS and on {@link
   *     AtomicLocalFileSystem}
   */
  public boolean delete(Path path) throws IOException {
    return fs.delete(path, true);
  }

  /** Deletes a folder in which nothing is left, if it is there. */
  public void deleteIfEmpty(Path folder) throws IOException {
    if (list(folder).length > 0) {
      return;
    }
    try {
      fs.delete(folder, false);
    } catch (IOException e) {
      // Somebody may have put something into it, deleted it, or moved it away.
      if (isEmpty(folder)) {
        throw e;
      }
    }
  }

  /** Asks once, since between two questions a folder can be moved away. */
  private boolean isEmpty(Path folder) throws IOException {
    try {
      return fs.listStatus(folder).length == 0;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Writes a file in the place of one that may be there, which others may see half, and brings to
   * the disk what it holds: nothing that is personal.
   */
  public void write(Path file, byte[] content) throws IOException {
    write(file, content, Sensitivity.OPEN);
  }

  private void write(Path file, byte[] content, Sensitivity sensitivity) throws IOException {
    try (var out =
        SyncedFiles.create(
            fs, file, sensitivity, true, WRITE_BUFFER_SIZE, fs.getDefaultBlockSize(file))) {
      out.write(content);
    }
    if (content.length > 0) {
      syncFile(file);
    }
  }

  /**
   * Brings to a local disk what a file holds. HDFS has it there already, as all files of a
   * warehouse are written with {@link SyncedFiles}.
   *
   * @throws FileNotFoundException if there is none
   */
  public void syncFile(Path file) throws IOException {
    if (syncs && fs instanceof AtomicLocalFileSystem local) {
      local.force(file);
    }
  }

  /**
   * Brings to a local disk the names in folders, each once and in their order; one that is gone is
   * nothing to keep. On HDFS a name is kept when it is given.
   */
  public void syncFolders(Collection<Path> folders) throws IOException {
    if (syncs && fs instanceof AtomicLocalFileSystem local) {
      for (var folder : new LinkedHashSet<>(folders)) {
        try {
          local.force(folder);
        } catch (FileNotFoundException e) {
          // Moved or deleted since, by a step of which the same is true.
        }
      }
    }
  }

  /** As {@link #syncFolders}, a folder and all that it lies in, up to the root. */
  public void syncFolderAndParents(Collection<Path> folders, Path root) throws IOException {
    var all = new LinkedHashSet<Path>();
    for (var folder : folders) {
      for (var up = folder; !up.equals(root); up = up.getParent()) {
        all.add(up);
      }
    }
    all.add(root);
    syncFolders(all);
  }

  /** Sees to it once that a folder, and those that it lies in up to the root, are kept. */
  void syncEntriesOnce(Path folder, Path root) throws IOException {
    if (!syncs || !(fs instanceof AtomicLocalFileSystem)) {
      return;
    }
    if (!synced.contains(folder) && !fs.exists(folder)) {
      return;
    }
    for (var up = folder; !up.equals(root); up = up.getParent()) {
      if (!synced.contains(up)) {
        syncFolders(List.of(up.getParent()));
        synced.add(up);
      }
    }
  }

  /**
   * Writes a file whole or not at all, where there is none.
   *
   * @param sensitivity of what it holds
   * @param workshop a folder of the caller's own, where it is prepared
   * @return false if the file exists
   */
  boolean createWhole(Path workshop, Path file, byte[] content, Sensitivity sensitivity)
      throws IOException {
    var prepared = new Path(workshop, "new-" + UUID.randomUUID());
    write(prepared, content, sensitivity);
    if (move(prepared, file)) {
      return true;
    }
    makeFolder(file.getParent());
    if (move(prepared, file)) {
      return true;
    }
    delete(prepared);
    return false;
  }

  /**
   * Moves a file or a folder to a name that is free, in one step.
   *
   * @return false, and nothing has changed, if the source or the target's parent does not exist or
   *     the target does
   */
  public boolean move(Path source, Path target) throws IOException {
    try {
      rename(source, target, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException | FileNotFoundException e) {
      return false;
    }
  }

  /**
   * Puts a file in the place of another, in one step.
   *
   * @return false, and nothing has changed, if the source or the target's folder does not exist
   */
  boolean replace(Path source, Path target) throws IOException {
    try {
      rename(source, target, Options.Rename.OVERWRITE);
      return true;
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @SuppressWarnings("deprecation") // of FileSystem's; the two here make it public and atomic
  private void rename(Path source, Path target, Options.Rename option) throws IOException {
    if (fs instanceof AtomicLocalFileSystem local) {
      local.rename(source, target, option);
    } else if (fs instanceof DistributedFileSystem hdfs) {
      hdfs.rename(source, target, option);
    } else {
      FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(source, target, option);
    }
  }
}
