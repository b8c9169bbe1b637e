package org.clickmill.drivers.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.CatalogTable.PartitionKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.formats.warehouse.Warehouse;

/** The rows of a table's partitions, with the partition's keys as their last columns. */
public final class PartitionRows {
  /** Asking whether output arrives flushes it. */
  private static final int ROWS_A_CHECK = 1_000;

  private final Warehouse warehouse;
  private final CatalogTable table;
  private final List<String> columns;
  private final Function<Partition, Path> folders;

  /**
   * The rows that are published.
   *
   * @param columns the columns that are wanted, in this order; empty for all
   * @throws ClickmillException of kind usage if there is no column of a name
   */
  public PartitionRows(Warehouse warehouse, CatalogTable table, List<String> columns) {
    this(warehouse, table, columns, warehouse::pathOf);
  }

  /**
   * Rows that lie elsewhere.
   *
   * @param folders where the files of a partition are
   */
  public PartitionRows(
      Warehouse warehouse,
      CatalogTable table,
      List<String> columns,
      Function<Partition, Path> folders) {
    this.folders = folders;
    this.warehouse = warehouse;
    this.table = table;
    var known = columnsOf(table);
    for (var column : columns) {
      if (!known.contains(column)) {
        throw ClickmillException.usage(
            "Cannot find column '%s' of table %s. Columns: %s",
            column, table.name(), String.join(", ", known));
      }
    }
    this.columns = columns.isEmpty() ? known : List.copyOf(columns);
  }

  private static List<String> columnsOf(CatalogTable table) {
    var all = new ArrayList<String>();
    table.columns().forEach(column -> all.add(column.name()));
    table.partitions().forEach(key -> all.add(key.name()));
    return all;
  }

  /**
   * Prints rows of some partitions, one partition after the other.
   *
   * @param limit how many at most
   * @return how many were printed
   * @throws ClickmillException if what was printed did not arrive: a full disk, a closed pipe
   */
  public long print(Collection<Partition> partitions, long limit, RowWriter writer)
      throws IOException {
    writer.begin(columns);
    long printed = 0;
    for (var partition : partitions) {
      if (printed == limit) {
        break;
      }
      printed += print(partition, limit - printed, writer);
    }
    writer.end();
    writer.check();
    return printed;
  }

  private long print(Partition partition, long limit, RowWriter writer) throws IOException {
    var keys = keys(partition);
    long printed = 0;
    try (var rows =
        TableReader.open(
            warehouse.fileSystem(),
            folders.apply(partition),
            request(),
            warehouse.configuration())) {
      while (printed < limit && rows.next()) {
        writer.write(row(rows, keys));
        printed++;
        if (printed % ROWS_A_CHECK == 0) {
          writer.check();
        }
      }
    }
    return printed;
  }

  /** A file is read for its first column where only keys of the partition are wanted. */
  private BatchRequest request() {
    var wanted = columns.stream().filter(table.schema()::contains).toList();
    var first = table.schema().columns().get(0).name();
    return BatchRequest.of(table.schema(), wanted.isEmpty() ? List.of(first) : wanted);
  }

  private List<Object> row(TableReader rows, Map<String, String> keys) {
    var row = new ArrayList<Object>();
    for (var column : columns) {
      row.add(keys.containsKey(column) ? keys.get(column) : value(rows, column));
    }
    return row;
  }

  private Object value(TableReader rows, String column) {
    var value = rows.value(column);
    TableSchema schema = table.schema();
    boolean isFloat = schema.columns().get(schema.ordinal(column)).type() == Type.FLOAT;
    return isFloat && value instanceof Double number ? (Object) number.floatValue() : value;
  }

  private Map<String, String> keys(Partition partition) {
    var keys = new HashMap<String, String>();
    for (var folder : partition.path().split("/", -1)) {
      int sign = folder.indexOf('=');
      keys.put(folder.substring(0, sign), folder.substring(sign + 1));
    }
    keys.keySet().retainAll(table.partitions().stream().map(PartitionKey::name).toList());
    return keys;
  }
}
