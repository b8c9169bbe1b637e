package org.clickmill.formats.warehouse;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk whose every call waits for its actor's turn. */
final class StepwiseFileSystem extends AtomicLocalFileSystem {
  private final Scheduler scheduler;

  StepwiseFileSystem(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    scheduler.step();
    return super.open(file, bufferSize);
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
    scheduler.step();
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    scheduler.step();
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    scheduler.step();
    return super.listStatus(folder);
  }

  @Override
  public void rename(Path source, Path target, Options.Rename... options) throws IOException {
    scheduler.step();
    super.rename(source, target, options);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    scheduler.step();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    scheduler.step();
    return super.mkdirs(folder);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    scheduler.step();
    super.setTimes(path, modified, accessed);
  }
}
