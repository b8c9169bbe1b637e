package org.clickmill.jobs.customers;

import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.PackedRow;
import org.clickmill.jobs.kernel.RowCopy;

/** Adds up the hashes of a day's customers, whose order does not matter. */
final class HistoryFold implements Fold {
  private static final TableSchema SCHEMA = CustomerDays.SCHEMA;
  private static final Hasher128 HASHER = Hashing.murmur3_128();

  private final RowCopy rowCopy = new RowCopy(SCHEMA, SCHEMA);
  private final Row packed = new Row(SCHEMA);
  private final ByteWriter bytes = new ByteWriter();
  private long day;
  private long high;
  private long low;
  private long rows;

  @Override
  public List<String> columns() {
    return rowCopy.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    day = batch.partition().day().toEpochDay();
    for (int row = 0; row < batch.size(); row++) {
      packed.clear();
      rowCopy.copy(batch, row, packed);
      PackedRow.write(packed, bytes.clear());
      var hash = HASHER.hashBytesTo128Bits(bytes.bytes(), 0, bytes.length());
      high += hash.getMostSignificantBits();
      low += hash.getLeastSignificantBits();
    }
    rows += batch.size();
    return batch.size();
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    if (rows > 0) {
      var partial = new ByteWriter().putByte(HistoryMerge.SUM).putFixed(high).putFixed(low);
      emitter.emit(CustomerHistory.DATASET, new ByteWriter().putOrdered(day), partial, rows);
    }
    high = 0;
    low = 0;
    rows = 0;
  }
}
