package org.clickmill.formats.metastore;

import java.util.List;
import java.util.Map;

/**
 * A table as a metastore knows it.
 *
 * @param name its name
 * @param owner the user who owns it
 * @param isExternal whether dropping it leaves its files
 * @param location the table's folder, as a URI
 * @param format of its files
 * @param columns those of the files, in order
 * @param keys the columns of the partitions' names, in order
 * @param parameters its properties, the comment ({@code comment}) among them
 */
public record MetastoreTable(
    String name,
    String owner,
    boolean isExternal,
    String location,
    Format format,
    List<MetastoreColumn> columns,
    List<MetastoreColumn> keys,
    Map<String, String> parameters) {

  /** What the files of a table are. */
  public enum Format {
    PARQUET,
    AVRO,
    /** Anything else, in what a metastore returns. */
    OTHER
  }

  public MetastoreTable {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    parameters = Map.copyOf(parameters);
  }
}
