package org.clickmill.jobs.customers;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Emits the digest of the day before. */
final class DigestFold implements Fold {
  private final Emitter emitter;

  DigestFold(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public List<String> columns() {
    return List.of("digest");
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    var digests = batch.strings("digest");
    var key = new ByteWriter().putOrdered(batch.partition().day().toEpochDay());
    for (int row = 0; row < batch.size(); row++) {
      int id = digests.ids()[row];
      var partial = new ByteWriter().putByte(HistoryMerge.DIGEST);
      partial.putBytes(digests.bytes(), digests.offset(id), digests.length(id));
      emitter.emit(CustomerHistory.DATASET, key, partial, 1);
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
