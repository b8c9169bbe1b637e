package org.clickmill.jobs.expression;

import java.util.List;

/** The columns that expressions may name. */
public interface Columns {
  /** All of them, in the order in which messages list them. */
  List<Column> all();

  /**
   * A column.
   *
   * @param isNullable whether a row may have no value
   * @param isPersonal whether it is, or follows from, a key of a user, visitor or order
   */
  record Column(String name, ValueType type, boolean isNullable, boolean isPersonal) {}
}
