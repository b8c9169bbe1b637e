package org.clickmill.jobs.interactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/**
 * Sends the counts of a day to where those of the user meet. The rows of a user follow each other
 * in a file, so they travel as one partial; those of a user with very many products one by one, so
 * that the reducer finds them sorted and needs no memory for them.
 */
final class RatingFold implements Fold {
  /** Rows of a batch and user that a reducer takes into memory. */
  private static final int MOST_PACKED = 512;

  private final Emitter emitter;
  private final WeightedCounts counts;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter value = new ByteWriter();
  private final ByteWriter packed = new ByteWriter();
  private int packedRows;

  RatingFold(Weights weights, Emitter emitter) {
    this.emitter = emitter;
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
    var users = batch.strings("user_id");
    var products = batch.strings("product_id");
    int user = StringColumn.NULL;
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (!counts.isInteraction(row)) {
        continue;
      }
      if (users.ids()[row] != user) {
        emitPacked(users, user);
        user = users.ids()[row];
      }
      int product = products.ids()[row];
      if (packedRows < MOST_PACKED) {
        packed.putText(products.bytes(), products.offset(product), products.length(product));
        putCounts(packed, row);
        packedRows++;
      } else {
        RatingKey.ofProduct(key.clear(), users, user, products, product);
        putCounts(value.clear(), row);
        emitter.emit(Interactions.DATASET, key, value, 1);
      }
      folded++;
    }
    emitPacked(users, user);
    return folded;
  }

  private void putCounts(ByteWriter target, int row) {
    for (int i = 0; i < counts.size(); i++) {
      target.putUnsigned(counts.count(i, row));
    }
  }

  private void emitPacked(StringColumn users, int user) {
    if (packedRows > 0) {
      RatingKey.ofPacked(key.clear(), users, user);
      emitter.emit(Interactions.DATASET, key, packed, packedRows);
      packed.clear();
      packedRows = 0;
    }
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
