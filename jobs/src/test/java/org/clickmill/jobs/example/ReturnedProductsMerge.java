package org.clickmill.jobs.example;

import java.io.IOException;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;

/** Adds up the partials of a product. */
final class ReturnedProductsMerge implements Merge {
  private static final int PRODUCT_ID = ReturnedProducts.SCHEMA.ordinal("product_id");
  private static final int LINES = ReturnedProducts.SCHEMA.ordinal("lines");
  private static final int UNITS = ReturnedProducts.SCHEMA.ordinal("units");
  private static final int REVENUE = ReturnedProducts.SCHEMA.ordinal("returned_revenue");

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    long lines = 0;
    long units = 0;
    long revenue = 0;
    while (partials.next()) {
      var partial = partials.value();
      lines += partial.readUnsigned();
      units += partial.readUnsigned();
      revenue = Math.addExact(revenue, partial.readUnsigned());
    }
    var row = output.row();
    row.setText(PRODUCT_ID, key.bytes(), key.position(), key.remaining());
    row.setLong(LINES, lines);
    row.setLong(UNITS, units);
    row.setLong(REVENUE, revenue);
    output.write();
  }
}
