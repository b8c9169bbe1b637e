package org.clickmill.drivers.metastore;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.Engine;
import org.clickmill.formats.metastore.MetastoreColumn;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.metastore.MetastoreTable;
import org.clickmill.formats.metastore.MetastoreTable.Format;
import org.clickmill.formats.warehouse.Warehouse;

/** What a table is to be in the metastore. */
final class TableDefinition {
  /** What the metastore's tables have room for. */
  private static final int LONGEST_COMMENT = 256;

  private static final String MORE = "...";

  private final MetastoreTable table;
  private final boolean ownerMatters;

  private TableDefinition(MetastoreTable table, boolean ownerMatters) {
    this.table = table;
    this.ownerMatters = ownerMatters;
  }

  static TableDefinition of(CatalogTable table, Warehouse warehouse, Configuration configuration)
      throws IOException {
    var parameters = new TreeMap<>(MetastoreSettings.properties(configuration));
    parameters.put("comment", table.text());
    var columns =
        table.columns().stream()
            .map(
                column ->
                    new MetastoreColumn(
                        column.name().toLowerCase(Locale.ROOT),
                        Engine.HIVE.ddl().type(column.type()).toLowerCase(Locale.ROOT),
                        comment(column.text())))
            .toList();
    var keys =
        table.partitions().stream()
            .map(key -> new MetastoreColumn(key.name(), "string", comment(key.text())))
            .toList();
    return new TableDefinition(
        new MetastoreTable(
            table.name(),
            MetastoreSettings.owner(configuration),
            true,
            new Path(warehouse.root(), table.name()).toString(),
            table.isAvro() ? Format.AVRO : Format.PARQUET,
            columns,
            keys,
            parameters),
        MetastoreSettings.OWNER.get(configuration) != null);
  }

  private static String comment(String text) {
    return text.length() <= LONGEST_COMMENT
        ? text
        : text.substring(0, LONGEST_COMMENT - MORE.length()) + MORE;
  }

  MetastoreTable table() {
    return table;
  }

  /**
   * Checks that what is registered under the table's name is this table.
   *
   * @throws IOException if it is another, which must not be touched
   */
  void requireSame(MetastoreTable registered) throws IOException {
    if (!samePlace(registered.location(), table.location())) {
      throw new IOException(
          "it is registered at "
              + registered.location()
              + ", not at "
              + table.location()
              + " (drop it there, or set "
              + MetastoreSettings.DATABASE
              + ")");
    }
    if (!registered.isExternal()) {
      throw new IOException("it is registered as a managed table (drop it there)");
    }
    if (registered.format() != table.format()
        || !names(registered.keys()).equals(names(table.keys()))) {
      throw new IOException("it is registered with other files or partitions (drop it there)");
    }
  }

  static boolean samePlace(String one, String other) {
    return one.equals(other) || !one.isEmpty() && new Path(one).equals(new Path(other));
  }

  private static List<String> names(List<MetastoreColumn> columns) {
    return columns.stream().map(MetastoreColumn::name).toList();
  }

  /** The registered columns that the table does not have, or has with other types. */
  List<String> lostOrRetyped(MetastoreTable registered) {
    var types =
        table.columns().stream()
            .collect(Collectors.toMap(MetastoreColumn::name, MetastoreColumn::type, (a, b) -> a));
    return registered.columns().stream()
        .filter(column -> !column.type().equals(types.get(column.name())))
        .map(MetastoreColumn::name)
        .toList();
  }

  /**
   * What is registered, changed to what it is to be. Columns keep their places and new ones follow,
   * since a metastore compares the types of columns by their places.
   */
  MetastoreTable over(MetastoreTable registered) {
    var columns =
        table.columns().stream()
            .collect(
                Collectors.toMap(
                    MetastoreColumn::name, column -> column, (a, b) -> a, LinkedHashMap::new));
    var ordered = new LinkedHashMap<String, MetastoreColumn>();
    names(registered.columns()).stream()
        .filter(columns::containsKey)
        .forEach(name -> ordered.put(name, columns.get(name)));
    columns.forEach(ordered::putIfAbsent);
    Map<String, String> parameters = new TreeMap<>(registered.parameters());
    parameters.putAll(table.parameters());
    return new MetastoreTable(
        table.name(),
        ownerMatters ? table.owner() : registered.owner(),
        true,
        registered.location(),
        table.format(),
        List.copyOf(ordered.values()),
        table.keys(),
        parameters);
  }
}
