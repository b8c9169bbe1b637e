package org.clickmill.drivers.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.catalog.CatalogTable.PartitionKey;
import org.clickmill.drivers.checks.Checks;
import org.clickmill.drivers.checks.DataQuality;
import org.clickmill.drivers.pipeline.Nearest;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.drivers.pipeline.Suite.Entry;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableDescription;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;

/** Every table that there can be in a warehouse, in the order in which they are made. */
public final class TableCatalog {
  private static final String EVENTS_TEXT =
      "An event of the shop's clickstream as it came in; duplicates may be among them.";
  private static final PartitionKey DAY =
      new PartitionKey("dt", "Day that the row describes, UTC, as 2019-10-01.");
  private static final PartitionKey START =
      new PartitionKey("dt", "First day of the week or month, as 2019-10-01.");
  private static final PartitionKey HOUR =
      new PartitionKey("hr", "Hour of the day, UTC, 00 to 23.");
  private static final PartitionKey DAY_OF_RUN =
      new PartitionKey("dt", "Day of the run, UTC, as 2019-10-01.");
  private static final PartitionKey RUN = new PartitionKey("run", "Id of the run.");

  private final Map<String, CatalogTable> tables;
  private final Collection<String> written;

  private TableCatalog(Map<String, CatalogTable> tables, Collection<String> written) {
    this.tables = tables;
    this.written = written;
  }

  /** All tables; those that the settings ask for are as the settings make them. */
  public static TableCatalog of(Configuration configuration) {
    var entries = new LinkedHashMap<String, Entry>();
    Suite.all(configuration).forEach(entry -> entries.put(entry.table().dataset(), entry));
    var written = new ArrayList<>(List.of(Datasets.EVENTS, Datasets.REJECTS));
    for (var entry : Suite.entries(configuration)) {
      entries.put(entry.table().dataset(), entry);
      written.add(entry.table().dataset());
    }
    var tables = new LinkedHashMap<String, CatalogTable>();
    var events = TableDescription.of(EventRows.SCHEMA).withText(EVENTS_TEXT);
    var rejects = TableDescription.of(RejectWriter.SCHEMA);
    add(tables, incoming(Datasets.EVENTS, EventRows.SCHEMA, events, List.of(DAY, HOUR), true));
    add(
        tables,
        incoming(Datasets.REJECTS, RejectWriter.SCHEMA, rejects, List.of(DAY_OF_RUN, RUN), false));
    entries.values().forEach(entry -> add(tables, computed(entry)));
    var quality = TableDescription.of(DataQuality.SCHEMA);
    add(tables, incoming(Datasets.DATA_QUALITY, DataQuality.SCHEMA, quality, List.of(DAY), false));
    if (Checks.areOn(configuration)) {
      written.add(Datasets.DATA_QUALITY);
    }
    return new TableCatalog(tables, written);
  }

  private static void add(Map<String, CatalogTable> tables, CatalogTable table) {
    tables.put(table.name(), table);
  }

  private static CatalogTable incoming(
      String name,
      TableSchema schema,
      TableDescription description,
      List<PartitionKey> partitions,
      boolean isAvro) {
    return new CatalogTable(name, schema, description, partitions, isAvro, Optional.empty());
  }

  /** A table that is computed, as those see it who query it. */
  public static CatalogTable computed(Entry entry) {
    var table = entry.table();
    var key =
        switch (table.grain()) {
          case DAY -> DAY;
          case WEEK, MONTH -> START;
        };
    return new CatalogTable(
        table.dataset(),
        table.schema(),
        table.description(),
        List.of(key),
        false,
        Optional.of(entry));
  }

  public List<CatalogTable> all() {
    return List.copyOf(tables.values());
  }

  /** The tables that people query and the settings ask for. */
  public List<CatalogTable> queried() {
    return tables.values().stream()
        .filter(table -> isWritten(table) && !table.description().isInternal())
        .toList();
  }

  /** Those of some tables that people query, whether or not the settings ask for them. */
  public List<CatalogTable> there(Collection<String> names) {
    return tables.values().stream()
        .filter(table -> names.contains(table.name()) && !table.description().isInternal())
        .toList();
  }

  /** Whether the settings ask for a table, or it needs none to be asked for. */
  public boolean isWritten(CatalogTable table) {
    return table.isLive() || written.contains(table.name());
  }

  /**
   * A table by its name.
   *
   * @throws ClickmillException of kind usage if there is none; it names those that there are
   */
  public CatalogTable named(String name) {
    var table = tables.get(name);
    if (table == null) {
      throw ClickmillException.usage(
          "Cannot find table '%s'.%s Tables: %s",
          name,
          Nearest.question(name, tables.keySet(), ""),
          queried().stream().map(CatalogTable::name).collect(Collectors.joining(", ")));
    }
    return table;
  }

  /** The tables that are computed from a table. */
  public List<String> madeFrom(CatalogTable table) {
    return tables.values().stream()
        .filter(this::isWritten)
        .filter(
            other ->
                other.entry().stream()
                    .anyMatch(entry -> entry.table().inputs().datasets().contains(table.name())))
        .map(CatalogTable::name)
        .toList();
  }
}
