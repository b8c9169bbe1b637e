package org.clickmill.drivers.report;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.TableDescription.Column;
import org.clickmill.formats.warehouse.Manifest;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/** The rows of a table in a range of days, day by day. */
final class DayRows {
  private final Warehouse warehouse;
  private final CatalogTable table;
  private final SortedMap<Partition, Manifest> manifests;

  /**
   * Lists the days.
   *
   * @param from the first day, or null for no bound
   * @param to the last day, or null for no bound
   */
  DayRows(Warehouse warehouse, CatalogTable table, LocalDate from, LocalDate to)
      throws IOException {
    this.warehouse = warehouse;
    this.table = table;
    this.manifests = warehouse.readable(table.name(), from, to);
  }

  CatalogTable table() {
    return table;
  }

  /** The days that are published, with or without rows. */
  NavigableSet<LocalDate> days() {
    var days = new TreeSet<LocalDate>();
    manifests.keySet().forEach(partition -> days.add(partition.day()));
    return days;
  }

  Collection<Manifest> manifests() {
    return manifests.values();
  }

  /** What the catalogue says of a column. */
  Column column(String name) {
    return table.columns().get(table.schema().ordinal(name));
  }

  boolean contains(String column) {
    return table.schema().contains(column);
  }

  /**
   * Reads some columns of all rows, the days in order.
   *
   * @throws IllegalArgumentException if a column is personal
   */
  void forEach(List<String> columns, RowConsumer consumer) throws IOException {
    for (var manifest : manifests.values()) {
      read(manifest, columns, consumer);
    }
  }

  /** As {@link #forEach(List, RowConsumer)}, of one of the days. */
  void forEach(LocalDate day, List<String> columns, RowConsumer consumer) throws IOException {
    for (var manifest : manifests.values()) {
      if (manifest.where().day().equals(day)) {
        read(manifest, columns, consumer);
      }
    }
  }

  private void read(Manifest manifest, List<String> columns, RowConsumer consumer)
      throws IOException {
    for (var column : columns) {
      if (column(column).isPersonal()) {
        throw new IllegalArgumentException(
            "Cannot show a personal column: %s of %s".formatted(column, table.name()));
      }
    }
    readAny(manifest, columns, consumer);
  }

  /** Reads columns that may be personal; it is on the consumer that nobody can be recognized. */
  void readAny(Manifest manifest, List<String> columns, RowConsumer consumer) throws IOException {
    var day = manifest.where().day();
    var request = BatchRequest.of(table.schema(), columns);
    for (var file : manifest.files()) {
      var path = new Path(warehouse.pathOf(manifest.where()), file.name());
      try (var rows =
          TableReader.open(warehouse.fileSystem(), path, request, warehouse.configuration())) {
        while (rows.next()) {
          consumer.accept(day, rows);
        }
      }
    }
  }

  /** Takes the row that the reader stands on. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(LocalDate day, TableReader row) throws IOException;
  }
}
