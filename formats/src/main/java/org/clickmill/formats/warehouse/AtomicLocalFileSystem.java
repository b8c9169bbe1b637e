package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk for {@code file:} paths, with what Hadoop's own file system lacks:
 *
 * <ul>
 *   <li>a rename never overwrites, nor moves into a folder: of any number of processes that rename
 *       to one name, exactly one succeeds (a file is linked to its new name, which fails if that
 *       exists, before the old name goes away);
 *   <li>of any number of processes that create one file without overwrite, exactly one succeeds;
 *   <li>no {@code .crc} files, and no process forked for permissions and owners.
 * </ul>
 *
 * <p>It is a {@link LocalFileSystem}, so that it can be the {@code fs.file.impl} of a whole Hadoop.
 * It needs a disk with hard links and POSIX permissions.
 */
public class AtomicLocalFileSystem extends LocalFileSystem {
  private final PosixFileSystem raw;

  public AtomicLocalFileSystem() {
    this(new PosixSteps());
  }

  AtomicLocalFileSystem(PosixSteps steps) {
    this(new PosixFileSystem(steps));
  }

  private AtomicLocalFileSystem(PosixFileSystem raw) {
    super(raw);
    this.raw = raw;
    setWriteChecksum(false);
    setVerifyChecksum(false);
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    return raw.open(file, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return raw.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress,
      Options.ChecksumOpt checksum)
      throws IOException {
    return create(
        file,
        permission,
        flags.contains(CreateFlag.OVERWRITE),
        bufferSize,
        replication,
        blockSize,
        progress);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return raw.createNonRecursive(
        file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path file,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return createNonRecursive(
        file,
        permission,
        flags.contains(CreateFlag.OVERWRITE),
        bufferSize,
        replication,
        blockSize,
        progress);
  }

  /**
   * Renames a file or a folder.
   *
   * @return false, and nothing has changed, if the source does not exist, the target does, or the
   *     target's parent does not
   */
  @Override
  public boolean rename(Path source, Path target) throws IOException {
    try {
      rename(source, target, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException | FileNotFoundException | ParentNotDirectoryException e) {
      return false;
    }
  }

  /**
   * Renames a file or a folder; with {@link Options.Rename#OVERWRITE} a file takes the place of
   * another in one step.
   *
   * @throws FileAlreadyExistsException if the target exists and may not be overwritten
   * @throws FileNotFoundException if the source or the target's parent does not exist
   */
  @Override
  public void rename(Path source, Path target, Options.Rename... options) throws IOException {
    raw.rename(source, target, options);
  }

  /**
   * Brings to the disk what a file holds, or the names that a folder holds.
   *
   * @throws FileNotFoundException if there is nothing
   */
  void force(Path path) throws IOException {
    raw.force(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return raw.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    return raw.mkdirs(folder);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    raw.setPermission(path, permission);
  }

  @Override
  public void setOwner(Path path, String user, String group) throws IOException {
    raw.setOwner(path, user, group);
  }
}
