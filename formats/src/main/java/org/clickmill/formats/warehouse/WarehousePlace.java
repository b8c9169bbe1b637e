package org.clickmill.formats.warehouse;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.viewfs.ViewFileSystem;
import org.clickmill.formats.failure.ClickmillException;

/**
 * The file system that a warehouse lies on, and its root there. A mount table of the client's
 * ({@code viewfs}, or one that goes by {@code hdfs}) is followed to what is mounted: what is asked
 * of the file system depends on that, and a rename needs both of its ends there.
 *
 * @param fileSystem the file system itself
 * @param root the root folder on it
 */
record WarehousePlace(FileSystem fileSystem, Path root) {
  /**
   * Finds it.
   *
   * @throws ClickmillException of kind usage if there is no such file system
   */
  static WarehousePlace find(Path root, Configuration configuration) throws IOException {
    var fs = fileSystem(root, configuration);
    if (fs instanceof ViewFileSystem mounts) {
      var target = target(mounts, mounts.makeQualified(root));
      if (isOf(mounts, target)) {
        throw ClickmillException.usage(
            "Cannot use %s as a warehouse: no folder of a file system is mounted there (check the"
                + " mount table, and create the folder that it names)",
            root);
      }
      // An overloaded scheme's own file system is found in its mounts only.
      fs = behind(mounts, target, configuration);
      return new WarehousePlace(atomic(fs, configuration), target);
    }
    return new WarehousePlace(atomic(fs, configuration), root);
  }

  private static FileSystem fileSystem(Path root, Configuration configuration) throws IOException {
    if (isWithoutHost(root, configuration)) {
      throw ClickmillException.usage(
          "Cannot use %s as a warehouse: it names no host, and %s is %s (give it a host or"
              + " nameservice, hdfs://HOST%s, or run where the cluster's core-site.xml is)",
          root.toUri(),
          FileSystem.FS_DEFAULT_NAME_KEY,
          FileSystem.getDefaultUri(configuration),
          root.toUri().getPath());
    }
    try {
      return root.getFileSystem(configuration);
    } catch (UnsupportedFileSystemException e) {
      throw notOnClassPath(root, e);
    } catch (RuntimeException e) {
      var cause = innermost(e);
      if (cause instanceof UnknownHostException) {
        throw ClickmillException.usage(
            "Cannot use %s as a warehouse: there is no host or nameservice '%s' (check its name,"
                + " and dfs.nameservices in the cluster's hdfs-site.xml)",
            root, cause.getMessage(), e);
      }
      if (cause instanceof ClassNotFoundException) {
        throw notOnClassPath(root, e);
      }
      throw ClickmillException.usage(
          "Cannot use %s as a warehouse: its file system does not start (%s)",
          root, cause.getMessage() == null ? cause : cause.getMessage(), e);
    }
  }

  /** Whether it is on an HDFS that is not named, and the default file system is none. */
  private static boolean isWithoutHost(Path root, Configuration configuration) {
    var uri = root.toUri();
    var byDefault = FileSystem.getDefaultUri(configuration);
    return "hdfs".equals(uri.getScheme())
        && uri.getAuthority() == null
        && !("hdfs".equals(byDefault.getScheme()) && byDefault.getAuthority() != null);
  }

  private static ClickmillException notOnClassPath(Path root, Exception e) {
    return ClickmillException.usage(
        "Cannot use %s as a warehouse: its file system is not on the class path (%s)."
            + " Clickmill keeps warehouses on HDFS and on local disks.",
        root, e.getMessage(), e);
  }

  private static Throwable innermost(Throwable e) {
    var cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Where a path leads that need not exist. */
  private static Path target(ViewFileSystem mounts, Path path) throws IOException {
    try {
      return mounts.resolvePath(path);
    } catch (FileNotFoundException e) {
      if (path.getParent() == null) {
        throw e;
      }
      return new Path(target(mounts, path.getParent()), path.getName());
    }
  }

  private static FileSystem behind(ViewFileSystem mounts, Path target, Configuration configuration)
      throws IOException {
    for (var child : mounts.getChildFileSystems()) {
      if (isOf(child, target)) {
        return child;
      }
    }
    return target.getFileSystem(configuration);
  }

  private static boolean isOf(FileSystem fs, Path path) {
    return fs.getUri().getScheme().equals(path.toUri().getScheme())
        && Objects.equals(fs.getUri().getAuthority(), path.toUri().getAuthority());
  }

  private static FileSystem atomic(FileSystem fs, Configuration configuration) throws IOException {
    if (!fs.getUri().getScheme().equals("file") || fs instanceof AtomicLocalFileSystem) {
      return fs;
    }
    // The root itself may have no scheme.
    var atomic = new AtomicLocalFileSystem();
    atomic.initialize(fs.getUri(), configuration);
    return atomic;
  }
}
