package org.clickmill.jobs.customers;

import java.nio.charset.StandardCharsets;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.MergeContext;

/** Fills rows whose key is a customer, and names the customer in errors. */
final class CustomerRows {
  private final String dataset;
  private final TableSchema schema;
  private final MergeContext context;

  CustomerRows(String dataset, TableSchema schema, MergeContext context) {
    this.dataset = dataset;
    this.schema = schema;
    this.context = context;
  }

  void setUser(Row row, ByteReader key) {
    row.setText(schema.ordinal("user_id"), key.bytes(), key.position(), key.remaining());
  }

  void setLong(Row row, String column, long value) {
    row.setLong(schema.ordinal(column), value);
  }

  void setMoney(Row row, String column, long scaled, ByteReader key) {
    if (!Money.fits(scaled)) {
      throw ClickmillException.failed(
          "Cannot write %s of customer '%s' in %s of %s: %s has more than %d digits",
          column,
          user(key),
          dataset,
          context.start(),
          Money.decimal(scaled).toPlainString(),
          Money.PRECISION);
    }
    row.setLong(schema.ordinal(column), scaled);
  }

  ClickmillException overflow(ByteReader key, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write %s of %s: a sum of customer '%s' has too many digits",
        dataset, context.start(), user(key), cause);
  }

  private static String user(ByteReader key) {
    return new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8);
  }
}
