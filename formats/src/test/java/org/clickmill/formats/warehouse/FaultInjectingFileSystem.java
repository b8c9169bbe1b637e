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

/** A local disk, until the crash of its {@link Faults}, which comes between any two steps. */
public final class FaultInjectingFileSystem extends AtomicLocalFileSystem {
  private final FaultInjectingSteps steps;
  private Faults faults;

  public FaultInjectingFileSystem() {
    this(new FaultInjectingSteps());
  }

  private FaultInjectingFileSystem(FaultInjectingSteps steps) {
    super(steps);
    this.steps = steps;
  }

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    faults = Faults.of(configuration);
    steps.faults = faults;
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
    return FaultInjectingOutputStream.wrap(
        super.createNonRecursive(
            file, permission, flags, bufferSize, replication, blockSize, progress),
        faults,
        file);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    faults.change("setTimes", path);
    super.setTimes(path, modified, accessed);
  }
}
