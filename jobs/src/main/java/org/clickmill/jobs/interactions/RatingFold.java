package org.clickmill.jobs.interactions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.formats.read.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/**
 * Sends the counts of a day to where the user's interactions meet. The rows of a user follow each
 * other in a file, so they travel as one partial.
 */
final class RatingFold implements Fold {
  /** A partial takes no more rows, so that none outgrows a buffer. */
  private static final int ROWS_A_PARTIAL = 1 << 14;

  private final WeightedCounts counts;
  private final ByteWriter rows = new ByteWriter();

  // Runs of rows of one user: who it is, where in rows the run ends, and how many they are.
  private final ByteWriter users = new ByteWriter();
  private int[] ends = new int[1024];
  private int[] sizes = new int[1024];
  private int runs;

  RatingFold(Weights weights) {
    counts = new WeightedCounts(weights);
  }

  @Override
  public List<String> columns() {
    var columns = new ArrayList<String>(List.of("user_id", "product_id"));
    columns.addAll(counts.columns());
    return columns;
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    counts.begin(batch);
    var user = batch.strings("user_id");
    var product = batch.strings("product_id");
    int runUser = StringColumn.NULL;
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (!counts.isInteraction(row)) {
        continue;
      }
      int id = user.ids()[row];
      if (id != runUser || sizes[runs - 1] == ROWS_A_PARTIAL) {
        begin(user, id);
        runUser = id;
      }
      add(product, product.ids()[row], row);
      folded++;
    }
    return folded;
  }

  private void begin(StringColumn user, int id) {
    users.putText(user.bytes(), user.offset(id), user.length(id));
    if (runs == ends.length) {
      ends = Arrays.copyOf(ends, 2 * runs);
      sizes = Arrays.copyOf(sizes, 2 * runs);
    }
    sizes[runs++] = 0;
  }

  private void add(StringColumn product, int id, int row) {
    rows.putText(product.bytes(), product.offset(id), product.length(id));
    for (int i = 0; i < counts.size(); i++) {
      rows.putUnsigned(counts.count(i, row));
    }
    ends[runs - 1] = rows.length();
    sizes[runs - 1]++;
  }

  @Override
  public long memoryBytes() {
    return rows.length() + users.length() + 2L * Integer.BYTES * ends.length;
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var reader = new ByteReader().reset(users.bytes(), 0, users.length());
    int start = 0;
    for (int run = 0; run < runs; run++) {
      int length = reader.readTextLength();
      key.clear().putBytes(reader.bytes(), reader.position(), length);
      reader.skip(length);
      partial.clear().putByte(RatingMerge.COUNTS);
      partial.putBytes(rows.bytes(), start, ends[run] - start);
      emitter.emit(Interactions.DATASET, key, partial, sizes[run]);
      start = ends[run];
    }
    runs = 0;
    rows.clear();
    users.clear();
  }
}
