package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import org.clickmill.formats.warehouse.Partition;

/**
 * A partition that is to be written.
 *
 * @param table the table
 * @param start first day of the partition's period
 */
public record Request(Table table, LocalDate start) {
  public Partition partition() {
    return table.partition(start);
  }
}
