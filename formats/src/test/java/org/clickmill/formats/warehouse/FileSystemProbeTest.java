package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemProbeTest {
  @TempDir java.nio.file.Path folder;

  /** A disk under a scheme of its own, of which nothing is known. */
  static class UnknownFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("unknown:///");
    }
  }

  /** Like an object store, where a file is there when it is complete. */
  static final class LateFileSystem extends UnknownFileSystem {
    @Override
    public FSDataOutputStream create(
        Path file,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return super.create(file, true, bufferSize, replication, blockSize, progress);
    }
  }

  private void open(Class<? extends UnknownFileSystem> type) throws IOException {
    var configuration = new Configuration();
    configuration.setClass("fs.unknown.impl", type, UnknownFileSystem.class);
    configuration.setBoolean("fs.unknown.impl.disable.cache", true);
    Warehouse.openOrCreate(new Path("unknown://" + folder), configuration);
  }

  @Test
  void fileSystemThatCreatesTwiceIsRefused() {
    assertThatThrownBy(() -> open(LateFileSystem.class))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot keep a warehouse at unknown:"
                + folder
                + ": it creates one file twice (use HDFS or a local disk)");
  }

  @Test
  void fileSystemThatOnlyRenamesOverIsRefused() {
    assertThatThrownBy(() -> open(UnknownFileSystem.class))
        .hasMessage(
            "Cannot keep a warehouse at unknown:"
                + folder
                + ": it cannot rename without overwriting (use HDFS or a local disk)");
    assertThat(folder.resolve("_staging")).isEmptyDirectory();
  }

  @Test
  void localDiskPasses() throws IOException {
    var fs = new AtomicLocalFileSystem();
    fs.initialize(folder.toUri(), new Configuration());

    new FileSystemProbe(new Disk(fs), new Path(folder.toUri())).check();

    assertThat(folder.resolve("_staging")).isEmptyDirectory();
  }
}
