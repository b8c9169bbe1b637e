package org.clickmill.drivers.catalog;

import java.util.List;
import java.util.Optional;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * The statements by which an engine learns of a table over the warehouse's files. They change
 * nothing in the warehouse, and running them again does no harm. Statements end without a
 * semicolon.
 */
public sealed interface Ddl permits DuckDbDdl, HiveDdl, SparkDdl, TrinoDdl {
  /**
   * The statements that make a database.
   *
   * @param database null for the engine's own
   */
  List<String> database(String database);

  /**
   * The statements that make a table, which must have a folder: most engines insist on it.
   *
   * @param database where it is made; null for the engine's own
   * @param location the table's folder, as a URI
   */
  List<String> table(CatalogTable table, String database, String location);

  /** Why the engine cannot have a table, as a clause; empty if it can. */
  default Optional<String> reasonAgainst(CatalogTable table) {
    return Optional.empty();
  }

  /** The engine's name of a type. */
  String type(Type type);
}
