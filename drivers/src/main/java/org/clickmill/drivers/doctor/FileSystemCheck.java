package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.WarehouseSite;

/**
 * Whether the warehouse's file system does what commits rely on, and lets the user write. It is
 * tried out in a folder that is deleted.
 */
final class FileSystemCheck implements Check {
  private static final String NAME = "warehouse";

  private final Path root;
  private final Configuration configuration;

  FileSystemCheck(Path root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
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
    var refusals = site.refusals();
    if (!refusals.isEmpty()) {
      return List.of(
          Finding.failed(
              NAME,
              String.join("; ", refusals),
              "Give user and group the right to write there and to enter it."));
    }
    try (var scratch = site.scratch()) {
      site.tryOut(scratch);
    } catch (ClickmillException e) {
      return List.of(
          Finding.failed(
              NAME,
              Reasons.describe(e),
              "See docs/commit-protocol.md, \"What it needs of the file system\"."));
    }
    return List.of(
        Finding.ok(
            NAME,
            (site.warehouse().isPresent()
                    ? site.root() + " is there"
                    : site.root() + " is not there yet, and can be created in " + site.nearest())
                + "; nothing is created or renamed over what exists, folders move as a whole"));
  }
}
