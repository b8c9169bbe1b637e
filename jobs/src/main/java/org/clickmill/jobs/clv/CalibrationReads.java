package org.clickmill.jobs.clv;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.clickmill.formats.warehouse.Catalog;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Manifest.Input;
import org.clickmill.formats.warehouse.Partition;

/**
 * Chooses what is read of the purchases of all customers: all their days, or a snapshot of
 * customers that is no newer than the end of the calibration and the days after it, whichever has
 * fewer bytes. A snapshot will do if its manifest lists, in the versions of now, the first of the
 * days, and if it was made by the logic and settings of the newest one.
 */
final class CalibrationReads {
  private final Catalog catalog;

  CalibrationReads(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The partitions to read; all are there.
   *
   * @param days every day of customer_days up to the end of the hold-out
   */
  Set<Partition> of(List<Partition> days, LocalDate calibrationEnd) {
    var inputs = catalog.inputs(days);
    var all = present(inputs);
    return newest(inputs, calibrationEnd)
        .map(snapshot -> continued(snapshot, inputs))
        .filter(reads -> bytes(reads) < bytes(all))
        .orElse(all);
  }

  private Optional<Manifest> newest(List<Input> inputs, LocalDate calibrationEnd) {
    var byDay = Comparator.<Manifest, LocalDate>comparing(manifest -> manifest.where().day());
    var snapshots = catalog.manifests(Clv.CUSTOMERS).values();
    return snapshots.stream()
        .max(byDay)
        .flatMap(
            latest ->
                snapshots.stream()
                    .filter(snapshot -> !snapshot.where().day().isAfter(calibrationEnd))
                    .filter(snapshot -> snapshot.logicVersion() == latest.logicVersion())
                    .filter(snapshot -> snapshot.settings().equals(latest.settings()))
                    .filter(snapshot -> isBeginning(snapshot.inputs(), inputs))
                    .max(byDay));
  }

  private static boolean isBeginning(List<Input> some, List<Input> inputs) {
    return some.size() <= inputs.size() && some.equals(inputs.subList(0, some.size()));
  }

  private Set<Partition> continued(Manifest snapshot, List<Input> inputs) {
    var reads = present(inputs.subList(snapshot.inputs().size(), inputs.size()));
    reads.add(snapshot.where());
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
