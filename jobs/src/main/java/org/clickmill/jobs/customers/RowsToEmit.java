package org.clickmill.jobs.customers;

import org.clickmill.formats.table.StringColumn;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;

/** Keeps a partial for each row of a partition, whose customers are all different. */
final class RowsToEmit {
  private final ByteWriter rows = new ByteWriter();
  private final ByteWriter partial = new ByteWriter();
  private final ByteWriter key = new ByteWriter();

  void add(StringColumn users, int row, CustomerTotals totals) {
    int user = users.ids()[row];
    totals.write(partial.clear());
    rows.putText(users.bytes(), users.offset(user), users.length(user))
        .putText(partial.bytes(), 0, partial.length());
  }

  long memoryBytes() {
    return rows.length();
  }

  void flush(Emitter emitter) {
    var reader = new ByteReader().reset(rows.bytes(), 0, rows.length());
    while (reader.remaining() > 0) {
      read(reader, key);
      read(reader, partial);
      emitter.emit(Customers.DATASET, key, partial, 1);
    }
    rows.clear();
  }

  private static void read(ByteReader reader, ByteWriter target) {
    int length = reader.readTextLength();
    target.clear().putBytes(reader.bytes(), reader.position(), length);
    reader.skip(length);
  }
}
