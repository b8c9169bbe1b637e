package org.clickmill.jobs.clv;

import java.io.IOException;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up the customers of a key, whose numbers are all columns but the last. */
final class CountCustomersMerge implements Merge {
  private final int keyColumns;

  CountCustomersMerge(TableSchema schema) {
    keyColumns = schema.columns().size() - 1;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    long customers = 0;
    while (partials.next()) {
      customers += partials.value().readUnsigned();
    }
    var row = output.row();
    for (int i = 0; i < keyColumns; i++) {
      row.setLong(i, key.readOrdered());
    }
    row.setLong(keyColumns, customers);
    output.write();
  }
}
