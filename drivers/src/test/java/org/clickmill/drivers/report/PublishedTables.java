package org.clickmill.drivers.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Publisher;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.formats.warehouse.WarehouseSettings;

/** Publishes tables of a few rows, as a job would. */
final class PublishedTables {
  private final Warehouse warehouse;
  private final Configuration configuration;

  private PublishedTables(Warehouse warehouse, Configuration configuration) {
    this.warehouse = warehouse;
    this.configuration = configuration;
  }

  /** Tables in a new warehouse. */
  static PublishedTables in(java.nio.file.Path folder) throws IOException {
    var configuration = new Configuration();
    WarehouseSettings.SYNC.set(configuration, "false");
    var warehouse = Warehouse.openOrCreate(new Path(folder.toUri()), configuration);
    return new PublishedTables(warehouse, configuration);
  }

  Warehouse warehouse() {
    return warehouse;
  }

  /**
   * Publishes a day with the columns of the catalogue; those that a row does not name are 0, or
   * NULL if they may be.
   */
  void publish(String dataset, LocalDate day, List<Map<String, Object>> rows) throws IOException {
    var schema = TableCatalog.of(configuration).named(dataset).schema();
    publish(Partition.ofDay(dataset, day), schema, rows, new TreeMap<>());
  }

  void publish(
      Partition partition,
      TableSchema schema,
      List<Map<String, Object>> rows,
      SortedMap<String, Long> counts)
      throws IOException {
    var file = new Path(warehouse.stagingOf("run", partition), "part-0.parquet");
    try (var writer =
        ParquetTableWriter.open(warehouse.fileSystem(), file, schema, configuration)) {
      var row = new Row(schema);
      for (var values : rows) {
        fill(row, values);
        writer.write(row);
      }
      var written = writer.finish();
      new Publisher(warehouse, "run")
          .publish(
              new StagedPartition(
                  partition,
                  0,
                  List.of(written.file()),
                  written.fingerprint(),
                  List.of(),
                  "test",
                  1,
                  new TreeMap<>(),
                  counts,
                  List.of()));
    }
  }

  private static void fill(Row row, Map<String, Object> values) {
    row.clear();
    for (int i = 0; i < row.schema().columns().size(); i++) {
      var column = row.schema().columns().get(i);
      var value = values.get(column.name());
      if (value instanceof BigDecimal amount) {
        row.setLong(i, Money.scaled(amount));
      } else if (value instanceof LocalDate day) {
        row.setLong(i, day.toEpochDay());
      } else if (value instanceof Instant time) {
        row.setLong(i, time.toEpochMilli());
      } else if (value instanceof Number number) {
        if (column.type().isDouble()) {
          row.setDouble(i, number.doubleValue());
        } else {
          row.setLong(i, number.longValue());
        }
      } else if (value instanceof Boolean flag) {
        row.setBoolean(i, flag);
      } else if (value instanceof String text) {
        row.setText(i, text);
      } else if (!column.nullable()) {
        if (column.type().isBytes()) {
          row.setText(i, "");
        } else if (column.type().isDouble()) {
          row.setDouble(i, 0);
        } else if (column.type() == TableSchema.Type.BOOLEAN) {
          row.setBoolean(i, false);
        } else {
          row.setLong(i, 0);
        }
      }
    }
  }
}
