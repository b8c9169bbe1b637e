package org.clickmill.jobs.customers;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.kernel.OutputPartition;
import org.clickmill.jobs.kernel.Request;
import org.clickmill.jobs.kernel.Table;

/**
 * Chooses what is read to know all customers of some days: all their inputs, or the newest older
 * snapshot and the inputs after it, whichever has fewer bytes. An older snapshot will do if its
 * manifest lists, in the versions of now, the first of the inputs, and was made by the same logic
 * and settings.
 */
final class SnapshotStart {
  private final Catalog catalog;
  private final Configuration configuration;

  SnapshotStart(Catalog catalog, Configuration configuration) {
    this.catalog = catalog;
    this.configuration = configuration;
  }

  /** What is read for each of some snapshots; all of it is there. */
  List<OutputPartition> outputPartitions(Collection<Request> snapshots) {
    return snapshots.stream()
        .map(
            snapshot ->
                new OutputPartition(
                    snapshot.table(),
                    snapshot.start(),
                    reads(snapshot.table(), snapshot.start(), snapshot.start())))
        .toList();
  }

  /**
   * The partitions to read to know how customers stand at the end of each of some days; all are
   * there.
   *
   * @param snapshots the table of snapshots
   * @param first of the days
   */
  Set<Partition> reads(Table snapshots, LocalDate first, LocalDate last) {
    var inputs = catalog.inputs(snapshots.inputs().of(last, catalog.firstDay()));
    var all = present(inputs);
    return newest(snapshots, first, inputs)
        .map(older -> continued(older, inputs))
        .filter(reads -> bytes(reads) < bytes(all))
        .orElse(all);
  }

  private Optional<Manifest> newest(Table table, LocalDate before, List<Input> inputs) {
    return catalog.manifests(table.dataset()).values().stream()
        .filter(manifest -> manifest.where().day().isBefore(before))
        .filter(manifest -> isBeginning(manifest, table, inputs))
        .max(Comparator.comparing(manifest -> manifest.where().day()));
  }

  private boolean isBeginning(Manifest older, Table table, List<Input> inputs) {
    int known = older.inputs().size();
    return older.logicVersion() == table.logicVersion()
        && older.settings().equals(table.settings(configuration))
        && known <= inputs.size()
        && older.inputs().equals(inputs.subList(0, known));
  }

  private Set<Partition> continued(Manifest older, List<Input> inputs) {
    var reads = present(inputs.subList(older.inputs().size(), inputs.size()));
    reads.add(older.where());
    return reads;
  }

  private Set<Partition> present(List<Input> inputs) {
    return inputs.stream()
        .map(Input::where)
        .filter(input -> catalog.manifest(input).isPresent())
        .collect(Collectors.toSet());
  }

  private long bytes(Collection<Partition> partitions) {
    return partitions.stream()
        .mapToLong(partition -> catalog.manifest(partition).orElseThrow().bytes())
        .sum();
  }
}
