package org.clickmill.formats.read;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The hosts of a cluster that hold most of what a map task is to read. */
public final class BlockHosts {
  private static final int MOST_HOSTS = 3;

  private final Configuration configuration;
  private final Map<String, Long> bytesByHost = new HashMap<>();

  public BlockHosts(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Adds a range of a file's bytes. */
  public void add(String file, long start, long bytes) throws IOException {
    var path = new Path(file);
    var fileSystem = path.getFileSystem(configuration);
    var status = fileSystem.getFileStatus(path);
    for (var block : fileSystem.getFileBlockLocations(status, start, bytes)) {
      for (var host : block.getHosts()) {
        bytesByHost.merge(host, block.getLength(), Long::sum);
      }
    }
  }

  /** At most three hosts, the one with the most bytes first. */
  public String[] most() {
    return bytesByHost.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(MOST_HOSTS)
        .map(Map.Entry::getKey)
        .toArray(String[]::new);
  }
}
