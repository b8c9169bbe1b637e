package org.clickmill.drivers.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.clickmill.drivers.catalog.CatalogTable;
import org.clickmill.drivers.catalog.Engine;
import org.clickmill.drivers.catalog.TableCatalog;
import org.clickmill.formats.metastore.MetastoreSettings;
import org.clickmill.formats.warehouse.Warehouse;

/** The tables of a warehouse as datasets of lineage. */
final class TableDatasets {
  private static final String SOURCE = "CLICKMILL";

  private final Warehouse warehouse;

  /** Read when it is first asked for. */
  private Map<String, CatalogTable> catalog;

  TableDatasets(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  private synchronized Map<String, CatalogTable> catalog() {
    if (catalog == null) {
      catalog =
          TableCatalog.of(warehouse.configuration()).all().stream()
              .collect(Collectors.toMap(CatalogTable::name, table -> table));
    }
    return catalog;
  }

  List<LineageDataset> inputs(SortedMap<String, TouchedPartitions> touched) {
    var datasets = new ArrayList<LineageDataset>();
    for (var entry : touched.entrySet()) {
      datasets.add(dataset(entry.getKey(), entry.getValue()));
    }
    return datasets;
  }

  List<LineageDataset> outputs(SortedMap<String, TouchedPartitions> touched) {
    var datasets = new ArrayList<LineageDataset>();
    for (var entry : touched.entrySet()) {
      var partitions = entry.getValue();
      var statistics = Facets.outputStatistics();
      statistics.put("rowCount", partitions.rows());
      statistics.put("size", partitions.bytes());
      statistics.put("fileCount", partitions.files());
      datasets.add(dataset(entry.getKey(), partitions).withRole("outputStatistics", statistics));
    }
    return datasets;
  }

  /** A table of which it is not known which partitions were read. */
  LineageDataset named(String table) {
    return dataset(table, new TouchedPartitions());
  }

  /** A table of which the partitions of some days were read, as they are now. */
  LineageDataset input(String table, LocalDate from, LocalDate to) throws IOException {
    var partitions = new TouchedPartitions();
    warehouse.manifests(table, from, to).values().forEach(partitions::read);
    return dataset(table, partitions);
  }

  private LineageDataset dataset(String name, TouchedPartitions partitions) {
    var dataset = LineageDataset.of(new Path(warehouse.root(), name));
    dataset.with("dataSource", dataSource());
    if (!partitions.isEmpty()) {
      var version = Facets.version();
      version.put("datasetVersion", partitions.version());
      dataset.with("version", version).with("clickmill_partitions", listed(partitions));
    }
    var table = catalog().get(name);
    if (table != null) {
      describe(dataset, table);
    }
    return dataset;
  }

  private ObjectNode dataSource() {
    var root = LineageDataset.of(warehouse.root());
    var source = Facets.dataSource();
    source.put("name", root.name());
    source.put(
        "uri",
        root.namespace().contains("://")
            ? root.namespace() + warehouse.root().toUri().getRawPath()
            : "file://" + warehouse.root().toUri().getRawPath());
    return source;
  }

  private static ObjectNode listed(TouchedPartitions partitions) {
    var facet = Facets.ofDataset();
    var list = facet.putArray("partitions");
    for (var touched : partitions.named()) {
      var item = list.addObject();
      item.put("partition", touched.partition());
      item.put("version", touched.version());
      if (touched.rows() != null) {
        item.put("rows", touched.rows());
      }
      if (touched.isChanged() != null) {
        item.put("changed", touched.isChanged());
      }
    }
    facet.put("omitted", partitions.unnamed());
    return facet;
  }

  private void describe(LineageDataset dataset, CatalogTable table) {
    var documentation = Facets.documentation();
    documentation.put("description", table.text());
    dataset.with("documentation", documentation);
    var schema = Facets.schema();
    var fields = schema.putArray("fields");
    var tags = Facets.tags();
    var personal = tags.putArray("tags");
    for (var key : table.partitions()) {
      fields
          .addObject()
          .put("name", key.name())
          .put("type", "string")
          .put("description", key.text());
    }
    for (var column : table.columns()) {
      fields
          .addObject()
          .put("name", column.name())
          .put("type", Engine.HIVE.ddl().type(column.type()).toLowerCase(Locale.ROOT))
          .put("description", column.text());
      if (column.isPersonal()) {
        personal
            .addObject()
            .put("key", "personal")
            .put("value", "true")
            .put("source", SOURCE)
            .put("field", column.name());
      }
    }
    dataset.with("schema", schema);
    if (!personal.isEmpty()) {
      dataset.with("tags", tags);
    }
    if (!table.description().isInternal()) {
      addSymlink(dataset, table);
    }
  }

  /** The name that the table has in a metastore, where there is one. */
  private void addSymlink(LineageDataset dataset, CatalogTable table) {
    var configuration = warehouse.configuration();
    if (!MetastoreSettings.isSet(configuration)) {
      return;
    }
    var first = URI.create(MetastoreSettings.URIS.get(configuration).get(0));
    var symlinks = Facets.symlinks();
    symlinks
        .putArray("identifiers")
        .addObject()
        .put("namespace", "hive://" + first.getHost() + ":" + first.getPort())
        .put("name", MetastoreSettings.DATABASE.get(configuration) + "." + table.name())
        .put("type", "TABLE");
    dataset.with("symlinks", symlinks);
  }
}
