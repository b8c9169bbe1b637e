package org.clickmill.jobs.summary;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.groupby.RowSource;

/** The times of the sessions of a day as rows to be aggregated. */
final class DwellRows implements RowSource {
  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];

  @Override
  public List<String> columns() {
    return List.of("milliseconds");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public int begin(ColumnBatch next) {
    batch = next;
    int size = next.size();
    if (flags.length < size) {
      flags = new int[size];
      batchRows = new int[size];
      Arrays.setAll(batchRows, row -> row);
    }
    return size;
  }

  @Override
  public int[] batchRows() {
    return batchRows;
  }

  @Override
  public int[] flags() {
    return flags;
  }

  long[] milliseconds() {
    return batch.longs("milliseconds").values();
  }
}
