package org.clickmill.drivers.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crashes of {@link CrashTest}, on HDFS. */
final class CrashIT {
  @TempDir Path folder;

  @Test
  void rerunAfterACrashAnywhereGivesTheSameRows() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 300, 2);
    var configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    try (var hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      new CrashedRuns(input, configuration, new org.apache.hadoop.fs.Path(hdfs.getURI() + "/shops"))
          .crash(3);
    }
  }
}
