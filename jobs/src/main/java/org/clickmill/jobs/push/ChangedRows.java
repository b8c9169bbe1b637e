package org.clickmill.jobs.push;

import java.util.Optional;
import java.util.function.Predicate;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Manifest;

/** Says which rows differ between two versions of a partition, for who makes them and knows. */
@FunctionalInterface
public interface ChangedRows {
  /** Knows nothing: all rows are compared but those of files that both versions share. */
  ChangedRows UNKNOWN = (before, now) -> Optional.empty();

  /**
   * The rows that may differ: a row in which a column is another, or that one version does not
   * have, is among them. Empty if that is unknown of these two versions.
   */
  Optional<Predicate<TableReader>> between(Manifest before, Manifest now);
}
