package org.clickmill.drivers.diff;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Versions;
import org.clickmill.formats.warehouse.Versions.Version;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.formats.warehouse.WarehouseSettings;

/**
 * Two versions of a partition that can still be read.
 *
 * @param before the one that changes are told from
 * @param after the one that they lead to
 */
public record VersionPair(Version before, Version after) {
  /**
   * Finds versions.
   *
   * @param wanted two numbers of versions; empty for the last two
   * @throws ClickmillException of kind not ready if nothing of the partition is there; failed if a
   *     version is not there any more, or never was
   */
  public static VersionPair find(Warehouse warehouse, Partition partition, List<Integer> wanted)
      throws IOException {
    // What is left of a version that has expired has its number and no rows.
    var all =
        Versions.of(warehouse, partition).stream()
            .filter(version -> !version.manifest().hasExpired())
            .toList();
    if (all.isEmpty()) {
      throw ClickmillException.notReady(
          "Cannot compare versions of %s: nothing of it is published", partition);
    }
    if (!wanted.isEmpty()) {
      return new VersionPair(
          find(warehouse, partition, all, wanted.get(0)),
          find(warehouse, partition, all, wanted.get(1)));
    }
    var last = all.get(0);
    var before =
        all.stream()
            .filter(version -> version.manifest().version() != last.manifest().version())
            .findFirst()
            .orElseThrow(
                () ->
                    ClickmillException.failed(
                        "Cannot compare versions of %s: only version %d is there. %s",
                        partition, last.manifest().version(), kept(warehouse)));
    return new VersionPair(before, last);
  }

  private static Version find(
      Warehouse warehouse, Partition partition, List<Version> all, int wanted) {
    return all.stream()
        .filter(version -> version.manifest().version() == wanted)
        .findFirst()
        .orElseThrow(
            () ->
                ClickmillException.failed(
                    "Cannot find version %d of %s: there %s. %s",
                    wanted, partition, named(all), kept(warehouse)));
  }

  private static String named(List<Version> all) {
    var numbers =
        all.stream()
            .map(version -> String.valueOf(version.manifest().version()))
            .distinct()
            .collect(Collectors.toList());
    return (numbers.size() == 1 ? "is version " : "are versions ") + String.join(", ", numbers);
  }

  private static String kept(Warehouse warehouse) {
    return String.format(
        Locale.ROOT,
        "What was replaced stays in the trash for %d hours (%s)",
        WarehouseSettings.TRASH_KEEP_HOURS.get(warehouse.configuration()),
        WarehouseSettings.TRASH_KEEP_HOURS);
  }
}
