package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.Set;
import org.clickmill.formats.warehouse.Partition;

/**
 * An output partition of a scan, and the input partitions that are reduced into it: all that a fold
 * makes of them goes to one merge. In most analyses it is a partition of the table; sessions merge
 * consecutive days in one, windows of days a group of keys.
 *
 * @param table the table whose merge takes the partials
 * @param start the first day of what the merge writes, in most analyses a partition of the table
 * @param reads the partitions to be read; all are there
 */
public record OutputPartition(Table table, LocalDate start, Set<Partition> reads) {
  public OutputPartition {
    reads = Set.copyOf(reads);
  }
}
