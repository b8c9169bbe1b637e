package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.warehouse.Manifest.Input;

/** Whether the inputs of partitions to be published are still those that were read. */
final class InputCheck {
  private final Warehouse warehouse;

  InputCheck(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Looks at inputs that are not published together with the partitions; once at each, though many
   * partitions may be made from it.
   *
   * @throws ClickmillException of kind held if one has moved on
   */
  void requireThoseOfOthers(List<StagedPartition> partitions) throws IOException {
    var own =
        partitions.stream()
            .map(StagedPartition::partition)
            .collect(Collectors.toCollection(HashSet::new));
    var users = new LinkedHashMap<Input, Partition>();
    for (var staged : partitions) {
      for (var input : staged.inputs()) {
        if (!own.contains(input.where())) {
          users.putIfAbsent(input, staged.partition());
        }
      }
    }
    Parallel.map(
        List.copyOf(users.entrySet()),
        warehouse.threads(),
        use -> {
          int version = warehouse.manifest(use.getKey().where()).map(Manifest::version).orElse(0);
          require(use.getKey(), version, use.getValue());
          return null;
        });
  }

  /**
   * Looks at inputs that are published together with what was made from them.
   *
   * @throws ClickmillException of kind held if one gets another version than was read
   */
  void requireOwn(List<Manifest> manifests) {
    var versions = new HashMap<Partition, Integer>();
    for (var manifest : manifests) {
      versions.put(manifest.where(), manifest.version());
    }
    for (var manifest : manifests) {
      for (var input : manifest.inputs()) {
        var version = versions.get(input.where());
        if (version != null) {
          require(input, version, manifest.where());
        }
      }
    }
  }

  private static void require(Input input, int version, Partition user) {
    if (version != input.version()) {
      throw ClickmillException.held(
          "Cannot publish %s: its input %s was version %d when it was read and is version %d"
              + " now (run again)",
          user, input.where(), input.version(), version);
    }
  }
}
