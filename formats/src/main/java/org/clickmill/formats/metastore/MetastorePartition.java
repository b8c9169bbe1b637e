package org.clickmill.formats.metastore;

import java.util.Map;

/**
 * A partition as a metastore knows it.
 *
 * @param name its path below the table, such as {@code dt=2019-10-01/hr=07}
 * @param location its folder, as a URI
 * @param parameters its properties
 */
public record MetastorePartition(String name, String location, Map<String, String> parameters) {
  public MetastorePartition {
    parameters = Map.copyOf(parameters);
  }
}
