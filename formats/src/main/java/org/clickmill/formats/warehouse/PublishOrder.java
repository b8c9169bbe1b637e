package org.clickmill.formats.warehouse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.clickmill.formats.warehouse.Manifest.Input;

/** In which order the partitions of a run are published. */
final class PublishOrder {
  private PublishOrder() {}

  /**
   * Partitions in waves: no partition is an input of another of its own wave or of one before.
   *
   * @throws IllegalArgumentException if partitions are inputs of each other
   */
  static List<List<StagedPartition>> waves(List<StagedPartition> partitions) {
    var waves = new ArrayList<List<StagedPartition>>();
    var waiting =
        partitions.stream()
            .map(StagedPartition::partition)
            .collect(Collectors.toCollection(HashSet::new));
    var rest = partitions;
    while (!rest.isEmpty()) {
      var isReady =
          rest.stream()
              .collect(
                  Collectors.partitioningBy(
                      staged ->
                          staged.inputs().stream().map(Input::where).noneMatch(waiting::contains)));
      var wave = isReady.get(true);
      if (wave.isEmpty()) {
        throw new IllegalArgumentException(
            "Partitions are inputs of each other: " + rest.get(0).partition());
      }
      waves.add(wave);
      wave.forEach(staged -> waiting.remove(staged.partition()));
      rest = isReady.get(false);
    }
    return waves;
  }
}
