package org.clickmill.formats.warehouse;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk that says what it is about to do. */
final class StepwiseFileSystem extends AtomicLocalFileSystem {
  private final Step step;

  /** Called before each call. */
  interface Step {
    void before(String call, Path path) throws IOException;
  }

  StepwiseFileSystem(Step step) {
    this.step = step;
  }

  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    step.before("open", file);
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
    step.before("create", file);
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    step.before("getFileStatus", path);
    return super.getFileStatus(path);
  }

  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    step.before("listStatus", folder);
    return super.listStatus(folder);
  }

  @Override
  public void rename(Path source, Path target, Options.Rename... options) throws IOException {
    step.before("rename", target);
    super.rename(source, target, options);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    step.before("delete", path);
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path folder) throws IOException {
    step.before("mkdirs", folder);
    return super.mkdirs(folder);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    step.before("setTimes", path);
    super.setTimes(path, modified, accessed);
  }
}
