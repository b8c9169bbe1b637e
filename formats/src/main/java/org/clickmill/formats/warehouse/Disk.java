package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
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

  private final FileSystem fs;

  Disk(FileSystem fs) {
    this.fs = fs;
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

  /** Deletes a folder in which nothing is left. */
  public void deleteIfEmpty(Path folder) throws IOException {
    if (list(folder).length > 0) {
      return;
    }
    try {
      fs.delete(folder, false);
    } catch (IOException e) {
      // Somebody may have put something into it, or deleted it.
      if (fs.exists(folder) && list(folder).length == 0) {
        throw e;
      }
    }
  }

  /** Writes a file in the place of one that may be there, which others may see half. */
  public void write(Path file, byte[] content) throws IOException {
    try (var out = fs.create(file, true)) {
      out.write(content);
    }
  }

  /**
   * Writes a file whole or not at all, where there is none.
   *
   * @param workshop a folder of the caller's own, where it is prepared
   * @return false if the file exists
   */
  boolean createWhole(Path workshop, Path file, byte[] content) throws IOException {
    var prepared = new Path(workshop, "new-" + UUID.randomUUID());
    write(prepared, content);
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
