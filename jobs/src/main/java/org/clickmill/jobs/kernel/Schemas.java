package org.clickmill.jobs.kernel;

import org.clickmill.formats.table.TableSchema;

/** Knows the columns of every dataset. */
@FunctionalInterface
public interface Schemas {
  TableSchema of(String dataset);
}
