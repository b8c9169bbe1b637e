package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.EnumSet;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsCreateModes;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Creates files that are on the disks of HDFS when they are closed: each data node syncs each block
 * when it is complete. On a local disk what a commit relies on is synced before the commit, by
 * {@link Disk}.
 */
public final class SyncedFiles {
  private static final int BUFFER_SIZE = 1 << 12;

  private SyncedFiles() {}

  /** Creates a file that does not exist yet. */
  public static FSDataOutputStream create(FileSystem fs, Path file, Sensitivity sensitivity)
      throws IOException {
    return create(fs, file, sensitivity, false, BUFFER_SIZE, fs.getDefaultBlockSize(file));
  }

  /**
   * Creates a file.
   *
   * @param sensitivity of what it will hold
   * @param overwrite whether there may be one
   * @param bufferSize in bytes
   * @param blockSize in bytes
   */
  public static FSDataOutputStream create(
      FileSystem fs,
      Path file,
      Sensitivity sensitivity,
      boolean overwrite,
      int bufferSize,
      long blockSize)
      throws IOException {
    short replication = fs.getDefaultReplication(file);
    var permission =
        FsCreateModes.applyUMask(
            sensitivity.file(fs.getConf()), FsPermission.getUMask(fs.getConf()));
    if (!(fs instanceof DistributedFileSystem) || !WarehouseSettings.SYNC.get(fs.getConf())) {
      return fs.create(file, permission, overwrite, bufferSize, replication, blockSize, null);
    }
    var flags = EnumSet.of(CreateFlag.CREATE, CreateFlag.SYNC_BLOCK);
    if (overwrite) {
      flags.add(CreateFlag.OVERWRITE);
    }
    return fs.create(file, permission, flags, bufferSize, replication, blockSize, null);
  }
}
