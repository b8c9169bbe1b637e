package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The steps in which {@link PosixFileSystem} changes the disk. A process can die between any two of
 * them, and nowhere else.
 */
class PosixSteps {
  /** Creates an empty file where there is none. */
  void createFile(Path file) throws IOException {
    Files.createFile(file);
  }

  /** Opens a file to be written, which is created, or cut off unless it is appended to. */
  SyncableFile open(File file, boolean append) throws IOException {
    return new SyncableFile(file, append);
  }

  /**
   * Creates a folder in one that exists.
   *
   * @return false if something has that name
   */
  boolean createFolder(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** Gives a file a further name, which must be free. */
  void link(Path file, Path name) throws IOException {
    Files.createLink(name, file);
  }

  /** Renames a folder to a name that is free, or a file over another. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Deletes a file's name, or an empty folder.
   *
   * @return false if there is nothing
   */
  boolean delete(Path path) throws IOException {
    return Files.deleteIfExists(path);
  }

  /** Brings to the disk what a file holds, or the names that a folder holds. */
  void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
