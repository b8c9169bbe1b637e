package org.clickmill.jobs.interactions;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Sends the number of each user to where the user's interactions meet. */
final class UserFold implements Fold {
  private final Emitter emitter;
  private final ByteWriter key = new ByteWriter();
  private final ByteWriter value = new ByteWriter();

  UserFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return List.of("user_id", "user_index");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var users = batch.strings("user_id");
    long[] indexes = batch.longs("user_index").values();
    for (int row = 0; row < batch.size(); row++) {
      RatingKey.ofUser(key.clear(), users, users.ids()[row]);
      emitter.emit(Interactions.DATASET, key, value.clear().putUnsigned(indexes[row]), 1);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter any) {}
}
