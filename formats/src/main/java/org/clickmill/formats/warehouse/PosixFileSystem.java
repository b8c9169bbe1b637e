package org.clickmill.formats.warehouse;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Arrays;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.fs.statistics.BufferedIOStatisticsOutputStream;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/** The raw local disk below {@link AtomicLocalFileSystem}, by java.nio alone. */
final class PosixFileSystem extends RawLocalFileSystem {
  private final PosixSteps steps;
  private long blockSize;

  PosixFileSystem(PosixSteps steps) {
    this.steps = steps;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(uri, configuration);
    blockSize = getDefaultBlockSize(new Path(uri));
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
    if (overwrite) {
      return super.create(file, permission, true, bufferSize, replication, blockSize, progress);
    }
    var parent = file.getParent();
    if (parent != null && !mkdirs(parent)) {
      throw new IOException("Cannot create folder: " + parent);
    }
    return createNew(file, permission, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(file, null, overwrite, bufferSize, replication, blockSize, progress);
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
    var flags = EnumSet.of(CreateFlag.CREATE);
    if (overwrite) {
      flags.add(CreateFlag.OVERWRITE);
    }
    return createNonRecursive(
        file, permission, flags, bufferSize, replication, blockSize, progress);
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
    return flags.contains(CreateFlag.OVERWRITE)
        ? super.createNonRecursive(
            file, permission, flags, bufferSize, replication, blockSize, progress)
        : createNew(file, permission, bufferSize);
  }

  /**
   * Creates a file where there is none, and appends to it: opening it to overwrite it would cut it
   * off, and a disk like ext4 then writes it out as soon as it is closed.
   */
  private FSDataOutputStream createNew(Path file, FsPermission permission, int bufferSize)
      throws IOException {
    createEmpty(file);
    var wanted = permission == null ? FsPermission.getFileDefault() : permission;
    var out = createOutputStreamWithMode(file, true, wanted);
    return new FSDataOutputStream(
        new BufferedIOStatisticsOutputStream(out, bufferSize, true), statistics);
  }

  /**
   * As Hadoop's own, but a full disk is an {@link IOException}, not an error that nobody catches.
   */
  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    var out = steps.open(pathToFile(file), append);
    if (append && permission == null) {
      return out;
    }
    try {
      var wanted = permission == null ? FsPermission.getFileDefault() : permission;
      setPermission(file, wanted.applyUMask(FsPermission.getUMask(getConf())));
      return out;
    } catch (IOException e) {
      out.close();
      throw e;
    }
  }

  private void createEmpty(Path file) throws IOException {
    try {
      steps.createFile(nio(file));
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw asHadoop(new FileAlreadyExistsException("File exists: " + file), e);
    } catch (NoSuchFileException e) {
      throw asHadoop(new FileNotFoundException("Missing folder: " + file.getParent()), e);
    }
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    try {
      rename(source, target, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException | FileNotFoundException e) {
      return false;
    }
  }

  @SuppressWarnings("deprecation") // for callers only; it is how Hadoop's own rename overwrites
  @Override
  public void rename(Path source, Path target, Options.Rename... options) throws IOException {
    var from = nio(source);
    var to = nio(target);
    try {
      if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
        // The kernel replaces an empty folder, and no other. What others rename to this name is
        // not empty, so looking first is enough.
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException("Target exists: " + target);
        }
        moveFolder(from, to);
      } else if (Arrays.asList(options).contains(Options.Rename.OVERWRITE)) {
        steps.move(from, to);
      } else {
        moveFile(from, to);
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      throw asHadoop(new FileAlreadyExistsException("Target exists: " + target), e);
    } catch (NoSuchFileException e) {
      throw asHadoop(
          new FileNotFoundException("Cannot rename " + source + " to " + target + ": not found"),
          e);
    } catch (UnsupportedOperationException e) {
      throw new IOException(
          "Cannot rename "
              + source
              + " to "
              + target
              + ": this disk has no hard links, which a warehouse needs",
          e);
    }
  }

  /**
   * Links a file to its new name and deletes the old one. A process that died between the two has
   * left both names to the next that tries the same: it deletes the old one, and finds the target
   * taken, as it would have if the move had been finished before.
   */
  private void moveFile(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try {
      steps.link(from, to);
    } catch (java.nio.file.FileAlreadyExistsException e) {
      if (isSameFile(from, to)) {
        steps.delete(from);
      }
      throw e;
    }
    // Another process may have finished it meanwhile.
    steps.delete(from);
  }

  private static boolean isSameFile(java.nio.file.Path from, java.nio.file.Path to)
      throws IOException {
    try {
      return !from.equals(to) && Files.isSameFile(from, to);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void moveFolder(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try {
      steps.move(from, to);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw asHadoop(new FileAlreadyExistsException("Target exists: " + to), e);
      }
      throw e;
    }
  }

  /** One call when the folder is there, as it mostly is. */
  @Override
  public boolean mkdirs(Path folder) throws IOException {
    return pathToFile(folder).isDirectory() || super.mkdirs(folder);
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    return pathToFile(folder).isDirectory() || super.mkdirs(folder, permission);
  }

  @Override
  protected boolean mkOneDirWithMode(Path path, File folder, FsPermission permission)
      throws IOException {
    try {
      if (!steps.createFolder(folder.toPath())) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    var wanted = permission == null ? FsPermission.getDirDefault() : permission;
    setPermission(path, wanted.applyUMask(FsPermission.getUMask(getConf())));
    return true;
  }

  /** Brings to the disk what a file holds, or the names that a folder holds. */
  void force(Path path) throws IOException {
    try {
      steps.force(nio(path));
    } catch (NoSuchFileException e) {
      throw asHadoop(new FileNotFoundException("File " + path + " does not exist"), e);
    }
  }

  /**
   * Deletes a file, or a folder.
   *
   * @return false if there is nothing
   * @throws IOException if it cannot be deleted
   */
  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    var start = nio(path);
    if (recursive && Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(start, new TreeDeletion(steps));
      return true;
    }
    try {
      return steps.delete(start);
    } catch (DirectoryNotEmptyException e) {
      throw new PathIsNotEmptyDirectoryException(path.toString());
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return status(path);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    var status = status(path);
    if (!status.isDirectory()) {
      return new FileStatus[] {status};
    }
    var names = nio(path).toFile().list();
    if (names == null) {
      status(path); // Says so if it is gone since.
      throw new IOException("Cannot list folder: " + path);
    }
    var found = new FileStatus[names.length];
    int count = 0;
    for (var name : names) {
      try {
        found[count] = status(new Path(path, new Path(null, null, name)));
        count++;
      } catch (FileNotFoundException e) {
        // Gone since it was listed: the next one takes its place.
      }
    }
    return count == found.length ? found : Arrays.copyOf(found, count);
  }

  private FileStatus status(Path path) throws IOException {
    try {
      return new PosixFileStatus(
          Files.readAttributes(nio(path), PosixFileAttributes.class),
          blockSize,
          makeQualified(path));
    } catch (NoSuchFileException e) {
      throw asHadoop(new FileNotFoundException("File " + path + " does not exist"), e);
    } catch (FileSystemException e) {
      var parent = path.getParent();
      if (parent != null && nio(parent).toFile().isFile()) {
        throw asHadoop(new FileNotFoundException("File " + path + " does not exist"), e);
      }
      throw e;
    }
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    try {
      Files.setPosixFilePermissions(nio(path), PosixPermissions.ofHadoop(permission));
    } catch (NoSuchFileException e) {
      throw asHadoop(new FileNotFoundException("File " + path + " does not exist"), e);
    }
  }

  /** Hadoop's own starts a process. */
  @Override
  public void setOwner(Path path, String user, String group) throws IOException {
    var file = nio(path);
    var principals = file.getFileSystem().getUserPrincipalLookupService();
    var attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    try {
      if (group != null) {
        attributes.setGroup(principals.lookupPrincipalByGroupName(group));
      }
      if (user != null) {
        attributes.setOwner(principals.lookupPrincipalByName(user));
      }
    } catch (NoSuchFileException e) {
      throw asHadoop(new FileNotFoundException("File " + path + " does not exist"), e);
    } catch (AccessDeniedException | UserPrincipalNotFoundException e) {
      throw asHadoop(
          new AccessControlException(
              "Cannot give " + path + " to user " + user + " and group " + group),
          e);
    }
  }

  private java.nio.file.Path nio(Path path) {
    File file = pathToFile(path);
    return file.toPath();
  }

  private static <E extends IOException> E asHadoop(E failure, Throwable cause) {
    failure.initCause(cause);
    return failure;
  }
}
