package org.clickmill.jobs.interactions;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.read.ColumnBatch;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Sends the number of each user to where the user's interactions meet. */
final class UserFold implements Fold {
  private final ByteWriter users = new ByteWriter();

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
    var ids = batch.strings("user_id");
    long[] indexes = batch.longs("user_index").values();
    for (int row = 0; row < batch.size(); row++) {
      int id = ids.ids()[row];
      users.putText(ids.bytes(), ids.offset(id), ids.length(id)).putUnsigned(indexes[row]);
    }
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return users.length();
  }

  @Override
  public void flush(Emitter emitter) {
    var key = new ByteWriter();
    var partial = new ByteWriter();
    var reader = new ByteReader().reset(users.bytes(), 0, users.length());
    while (reader.remaining() > 0) {
      int length = reader.readTextLength();
      key.clear().putBytes(reader.bytes(), reader.position(), length);
      long index = reader.skip(length).readUnsigned();
      partial.clear().putByte(RatingMerge.INDEX).putUnsigned(index);
      emitter.emit(Interactions.DATASET, key, partial, 1);
    }
    users.clear();
  }
}
