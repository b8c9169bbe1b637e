package org.clickmill.formats.metastore;

/**
 * A column of a table in a metastore.
 *
 * @param name in lower case
 * @param type as Hive calls it, in lower case, such as {@code decimal(18,4)}
 * @param comment its description; may be null in what a metastore returns
 */
public record MetastoreColumn(String name, String type, String comment) {}
