package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/**
 * What is published and not registered in the metastore yet, as far as is known without asking it.
 *
 * @param partitions how many partitions
 * @param tables of how many tables
 * @param since when the first of them was published
 */
record Unregistered(long partitions, long tables, Instant since) {
  /** Empty where nothing is left to register, or there is no metastore. */
  static Optional<Unregistered> read(Warehouse warehouse) throws IOException {
    if (!MetastoreSettings.isSet(warehouse.configuration())) {
      return Optional.empty();
    }
    var pending = warehouse.registrations().pending();
    var datasets =
        pending.stream()
            .flatMap(note -> note.partitions().stream())
            .map(Partition::dataset)
            .collect(Collectors.toSet());
    var queried =
        TableCatalog.of(warehouse.configuration()).there(datasets).stream()
            .map(CatalogTable::name)
            .collect(Collectors.toSet());
    var partitions =
        pending.stream()
            .flatMap(note -> note.partitions().stream())
            .filter(partition -> queried.contains(partition.dataset()))
            .collect(Collectors.toSet());
    return partitions.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unregistered(
                partitions.size(),
                partitions.stream().map(Partition::dataset).distinct().count(),
                pending.get(0).since()));
  }

  /** The same for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "Metastore: %,d partitions of %,d tables are not registered, the first since %s; the next"
            + " run or 'clickmill catalog sync' registers them.",
        partitions,
        tables,
        since);
  }
}
