package org.clickmill.drivers.doctor;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.warehouse.WarehouseSite;

/**
 * Whether the whole warehouse is in one encryption zone, or on one local disk: a commit renames
 * folders between datasets, {@code _staging} and {@code _trash}, and no rename leaves either.
 */
final class RegionCheck implements Check {
  private static final String NAME = "encryption zone or disk";

  private final Path root;
  private final Configuration configuration;

  RegionCheck(Path root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String advice() {
    return "Is the file system of " + root + " up, and may the user read there?";
  }

  @Override
  public List<Finding> run() throws IOException {
    return List.of(judge(WarehouseSite.of(root, configuration).regions()));
  }

  /**
   * Judges where folders are.
   *
   * @param regions in words, such as "in no encryption zone", by folder
   */
  static Finding judge(SortedMap<Path, String> regions) {
    var first = regions.get(regions.firstKey());
    if (new HashSet<>(regions.values()).size() == 1) {
      return Finding.ok(NAME, "the whole warehouse is " + first);
    }
    var others =
        regions.entrySet().stream()
            .filter(region -> !region.getValue().equals(first))
            .limit(3)
            .map(region -> region.getKey() + " is " + region.getValue())
            .collect(Collectors.joining(", "));
    return Finding.failed(
        NAME,
        regions.firstKey() + " is " + first + ", but " + others,
        "Nothing can be published across that border: put the whole warehouse into one.");
  }
}
