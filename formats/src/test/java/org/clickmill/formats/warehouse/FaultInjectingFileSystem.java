package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk, until the crash of its {@link Faults}. */
public final class FaultInjectingFileSystem extends AtomicLocalFileSystem {
  private Faults faults;

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    faults = Faults.of(configuration);
    super.initialize(uri, configuration);
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
    faults.change("create", file);
    return FaultInjectingOutputStream.wrap(
        super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress),
        faults,
        file);
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
      EnumSet<CreateFlag> flags,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    faults.change("create", file);
    return FaultInjectingOutputStream.wrap(
        super.createNonRecursive(
            file, permission, flags, bufferSize, replication, blockSize, progress),
        faults,
        file);
  }

  @Override
  public boolean rename(Path source, Path target) throws IOException {
    // Counted by the rename with options that this calls.
    return super.rename(source, target);
  }

  @Override
  public void rename(Path source, Path target, Options.Rename... options) throws IOException {
    faults.change("rename", source);
    super.rename(source, target, options);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    faults.change("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    faults.change("mkdirs", folder);
    return super.mkdirs(folder);
  }

  @Override
  public boolean mkdirs(Path folder, FsPermission permission) throws IOException {
    faults.change("mkdirs", folder);
    return super.mkdirs(folder, permission);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    faults.change("setTimes", path);
    super.setTimes(path, modified, accessed);
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    faults.change("setPermission", path);
    super.setPermission(path, permission);
  }
}
