package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/** The rows of a daily dataset in a range of days, day by day. */
final class WarehouseTables {
  private final Warehouse warehouse;
  private final SortedMap<Partition, Manifest> manifests;

  /**
   * Lists the days.
   *
   * @param from the first day, or null for no bound
   * @param to the last day, or null for no bound
   */
  WarehouseTables(Warehouse warehouse, String dataset, LocalDate from, LocalDate to)
      throws IOException {
    this.warehouse = warehouse;
    this.manifests = warehouse.manifests(dataset, from, to);
  }

  /** The days that have a table, with or without rows. */
  NavigableSet<LocalDate> days() {
    var days = new TreeSet<LocalDate>();
    manifests.keySet().forEach(partition -> days.add(partition.day()));
    return days;
  }

  Collection<Manifest> manifests() {
    return manifests.values();
  }

  /**
   * Reads all rows; of each dataset's day in turn. Only the columns that the consumer asks for are
   * read.
   */
  void forEach(RowConsumer consumer) throws IOException {
    for (var manifest : manifests.values()) {
      read(manifest, consumer);
    }
  }

  /** Reads all rows of one of the days. */
  void forEach(LocalDate day, RowConsumer consumer) throws IOException {
    for (var manifest : manifests.values()) {
      if (manifest.where().day().equals(day)) {
        read(manifest, consumer);
      }
    }
  }

  private void read(Manifest manifest, RowConsumer consumer) throws IOException {
    var day = manifest.where().day();
    for (var file : manifest.files()) {
      var path = new Path(warehouse.pathOf(manifest.where()), file.name());
      try (var rows = TableReader.open(warehouse.fileSystem(), path, warehouse.configuration())) {
        while (rows.next()) {
          consumer.accept(day, rows);
        }
      }
    }
  }

  /** Takes the row that the reader stands on. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(LocalDate day, TableReader row);
  }
}
