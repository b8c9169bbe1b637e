package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.WarehouseSite;

/**
 * The file system's clock, by the modification time of a file. What is purged, and when an hour is
 * sealed, goes by clocks of several machines.
 */
final class ClockCheck implements Check {
  private static final String NAME = "clock of the file system";

  private final Path root;
  private final Configuration configuration;
  private final Clock clock;

  ClockCheck(Path root, Configuration configuration, Clock clock) {
    this.root = root;
    this.configuration = configuration;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Is the file system of " + root + " up, and may the user write there?";
  }

  @Override
  public List<Finding> run() throws IOException {
    var site = WarehouseSite.of(root, configuration);
    try (var scratch = site.scratch()) {
      var file = new Path(scratch.folder(), "clock");
      return List.of(Skew.judge(NAME, "it is", Skew.ofFileSystem(site.fileSystem(), file, clock)));
    }
  }
}
