package org.clickmill.drivers.forget;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.Suite;
import org.clickmill.formats.parquet.RejectWriter;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.forget.SearchJob;

/** The datasets that can hold rows of a person, internal ones too, and their columns. */
final class SearchedTables {
  private SearchedTables() {}

  static SortedMap<String, TableSchema> of(Configuration configuration) {
    var schemas = all(configuration);
    schemas.entrySet().removeIf(entry -> !SearchJob.isSearched(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableSortedMap(schemas);
  }

  /** Those of some datasets that are no table of the suite, such as metrics of former settings. */
  static List<String> unknown(Collection<String> datasets, Configuration configuration) {
    var known = all(configuration).keySet();
    return datasets.stream().filter(dataset -> !known.contains(dataset)).toList();
  }

  private static SortedMap<String, TableSchema> all(Configuration configuration) {
    var schemas = new TreeMap<String, TableSchema>();
    schemas.put(Datasets.EVENTS, EventRows.SCHEMA);
    schemas.put(Datasets.LATE, EventRows.SCHEMA);
    schemas.put(Datasets.REJECTS, RejectWriter.SCHEMA);
    for (var entry : Suite.all(configuration)) {
      schemas.put(entry.table().dataset(), entry.table().schema());
    }
    return schemas;
  }
}
