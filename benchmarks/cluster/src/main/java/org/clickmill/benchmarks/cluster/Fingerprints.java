package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Warehouse;

/** The rows of all partitions of a warehouse, by their fingerprints. */
record Fingerprints(SortedMap<String, String> byPartition) {

  static Fingerprints of(Warehouse warehouse) throws IOException {
    var byPartition = new TreeMap<String, String>();
    Catalog.read(warehouse, warehouse.datasets(), null, null)
        .manifests()
        .forEach(
            (partition, manifest) ->
                byPartition.put(partition.toString(), manifest.fingerprint().toString()));
    return new Fingerprints(byPartition);
  }

  /** What is not the same, a line for each partition; none if all are equal. */
  List<String> differences(Fingerprints expected) {
    var partitions = new TreeSet<>(byPartition.keySet());
    partitions.addAll(expected.byPartition.keySet());
    var lines = new ArrayList<String>();
    for (var partition : partitions) {
      var is = byPartition.get(partition);
      var should = expected.byPartition.get(partition);
      if (is == null || !is.equals(should)) {
        lines.add(
            "%s: %s on the cluster, %s without"
                .formatted(partition, orAbsent(is), orAbsent(should)));
      }
    }
    return lines;
  }

  private static String orAbsent(String fingerprint) {
    return fingerprint == null ? "absent" : fingerprint;
  }
}
