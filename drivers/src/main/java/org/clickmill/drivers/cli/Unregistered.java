package org.clickmill.drivers.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * @param since when the first of them was published; null if there are none
 * @param beingPublished how many others are noted by publishers that are at work, or were killed
 *     within the hour
 * @param damaged notes that cannot be read, so that it is not known what is left of theirs; each as
 *     its file and what is wrong with it
 */
record Unregistered(
    long partitions, long tables, Instant since, long beingPublished, List<String> damaged) {
  Unregistered {
    damaged = List.copyOf(damaged);
  }

  /** Empty where nothing is left to register, or there is no metastore. */
  static Optional<Unregistered> read(Warehouse warehouse) throws IOException {
    if (!MetastoreSettings.isSet(warehouse.configuration())) {
      return Optional.empty();
    }
    var notes = warehouse.registrations().notes();
    var pending = notes.pending();
    var datasets =
        pending.stream()
            .flatMap(note -> note.partitions().stream())
            .map(Partition::dataset)
            .collect(Collectors.toSet());
    var queried =
        TableCatalog.of(warehouse.configuration()).there(datasets).stream()
            .map(CatalogTable::name)
            .collect(Collectors.toSet());
    var partitions = new HashSet<Partition>();
    var publishing = new HashSet<Partition>();
    Instant since = null;
    for (var note : pending) {
      var ofTables =
          note.partitions().stream()
              .filter(partition -> queried.contains(partition.dataset()))
              .toList();
      if (!note.isOver()) {
        publishing.addAll(ofTables);
      } else if (!ofTables.isEmpty()) {
        partitions.addAll(ofTables);
        since = since == null ? note.since() : since;
      }
    }
    publishing.removeAll(partitions);
    return partitions.isEmpty() && publishing.isEmpty() && notes.damaged().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Unregistered(
                partitions.size(),
                partitions.stream().map(Partition::dataset).distinct().count(),
                since,
                publishing.size(),
                notes.damaged().values().stream().sorted().toList()));
  }

  /** The same for people. */
  String text() {
    var parts = new ArrayList<String>();
    if (partitions > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "Metastore: %,d partitions of %,d tables are not registered, the first since %s; the"
                  + " next run or 'clickmill catalog sync' registers them.",
              partitions,
              tables,
              since));
    }
    if (beingPublished > 0) {
      parts.add(
          String.format(
              Locale.ROOT,
              "Metastore: %,d partitions are being published, or their publisher was killed within"
                  + " the last hour.",
              beingPublished));
    }
    damaged.forEach(
        file ->
            parts.add(
                "Metastore: "
                    + file
                    + ". Run 'clickmill catalog sync': it registers everything and deletes the"
                    + " file."));
    return String.join(System.lineSeparator(), parts);
  }
}
