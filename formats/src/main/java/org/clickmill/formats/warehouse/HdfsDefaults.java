package org.clickmill.formats.warehouse;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.HdfsConfiguration;

/**
 * Properties of the HDFS client that suit many small files.
 *
 * <p>Closing a file asks the NameNode whether the last block has been reported. The first time is
 * mostly too early for the DataNode, and by default the client then waits 0.4 seconds: that, and
 * not the disk, is most of what a small file costs. With these it waits 10 milliseconds, then twice
 * as long each time, and gives up after 20 seconds (12 by default).
 */
public final class HdfsDefaults {
  private static final String SITE_FILE = "hdfs-site.xml";
  private static final String DEFAULTS_FILE = "-default.xml";
  private static final String BLOCK_REPORT = "dfs.client.block.write.locateFollowingBlock.";
  private static final Map<String, String> VALUES =
      Map.of(BLOCK_REPORT + "initial.delay.ms", "10", BLOCK_REPORT + "retries", "11");

  private HdfsDefaults() {}

  /**
   * Sets the properties that no site file has set. Has an effect on file systems that are opened
   * with this configuration later.
   */
  public static void apply(Configuration configuration) {
    if (configuration.getResource(SITE_FILE) != null) {
      // Otherwise the file is read only when HDFS is first used.
      HdfsConfiguration.init();
    }
    VALUES.forEach(
        (name, value) -> {
          var sources = configuration.getPropertySources(name);
          if (sources == null || sources[sources.length - 1].endsWith(DEFAULTS_FILE)) {
            configuration.set(name, value);
          }
        });
  }
}
