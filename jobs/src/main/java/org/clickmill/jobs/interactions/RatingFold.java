package org.clickmill.jobs.interactions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Sends the counts of a day to where those of the user and product meet. */
final class RatingFold implements Fold {
  private final Emitter emitter;
  private final WeightedCounts counts;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter value = new ByteWriter();

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
    int folded = 0;
    for (int row = 0; row < batch.size(); row++) {
      if (!counts.isInteraction(row)) {
        continue;
      }
      RatingKey.ofPair(key.clear(), users, users.ids()[row], products, products.ids()[row]);
      value.clear();
      for (int i = 0; i < counts.size(); i++) {
        value.putUnsigned(counts.count(i, row));
      }
      emitter.emit(Interactions.DATASET, key, value, 1);
      folded++;
    }
    return folded;
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
