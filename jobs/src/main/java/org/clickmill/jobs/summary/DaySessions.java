package org.clickmill.jobs.summary;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.groupby.RowSource;

/** The sessions of a day as rows to be aggregated. */
final class DaySessions implements RowSource {
  static final int BOUNCE = 1;
  static final int WITH_PURCHASE = 2;

  private ColumnBatch batch;
  private int[] batchRows = new int[0];
  private int[] flags = new int[0];

  @Override
  public List<String> columns() {
    return List.of("is_bounce", "has_purchase", "orders", "revenue");
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
    long[] isBounce = next.longs("is_bounce").values();
    long[] hasPurchase = next.longs("has_purchase").values();
    for (int row = 0; row < size; row++) {
      flags[row] = (isBounce[row] != 0 ? BOUNCE : 0) | (hasPurchase[row] != 0 ? WITH_PURCHASE : 0);
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

  long[] orders() {
    return batch.longs("orders").values();
  }

  /** Net, scaled. */
  long[] revenues() {
    return batch.longs("revenue").values();
  }
}
