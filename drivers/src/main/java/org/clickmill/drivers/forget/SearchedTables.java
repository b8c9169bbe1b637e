package org.clickmill.drivers.forget;

import java.util.Collections;
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
    var schemas = new TreeMap<String, TableSchema>();
    schemas.put(Datasets.EVENTS, EventRows.SCHEMA);
    schemas.put(Datasets.LATE, EventRows.SCHEMA);
    schemas.put(Datasets.REJECTS, RejectWriter.SCHEMA);
    for (var entry : Suite.all(configuration)) {
      schemas.put(entry.table().dataset(), entry.table().schema());
    }
    schemas.entrySet().removeIf(entry -> !SearchJob.isSearched(entry.getKey(), entry.getValue()));
    return Collections.unmodifiableSortedMap(schemas);
  }
}
