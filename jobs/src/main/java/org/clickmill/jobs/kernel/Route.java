package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;

/**
 * Where the rows of some partitions meet: everything that a fold makes of them goes to one merge of
 * a table.
 *
 * @param table the table whose merge takes the partials
 * @param start what the merge is told to be writing, in most analyses a partition of the table
 * @param reads the partitions to be read; all are there
 */
public record Route(Table table, LocalDate start, Set<Partition> reads) {
  public Route {
    reads = Set.copyOf(reads);
  }
}
