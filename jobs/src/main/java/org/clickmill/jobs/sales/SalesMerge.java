package org.clickmill.jobs.sales;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.write.Row;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.GroupedHashSet;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.sales.SalesTable.Bucket;
import org.clickmill.jobs.sales.SalesTable.Dimension;

/** Adds up the partial sums of a bucket and value, and counts its orders and customers. */
final class SalesMerge implements Merge {
  /** First byte of a partial that holds sums. */
  static final byte TOTALS = 0;

  /** First byte of a partial that holds hashes of orders; returns and customers follow. */
  static final byte ORDERS = 1;

  private static final int RETURNS = ORDERS + 1;
  private static final int CUSTOMERS = ORDERS + 2;

  private final SalesTable table;
  private final TableSchema schema;
  private final MergeContext context;
  private final SalesTotals totals = new SalesTotals();
  private final GroupedHashSet distinct = new GroupedHashSet();
  private final long[] counts = new long[CUSTOMERS + 1];

  SalesMerge(SalesTable table, TableSchema schema, MergeContext context) {
    this.table = table;
    this.schema = schema;
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    totals.clear(0);
    distinct.clear();
    java.util.Arrays.fill(counts, 0);
    while (partials.next()) {
      var partial = partials.value();
      int kind = partial.readByte();
      if (kind == TOTALS) {
        mergeTotals(key, partial);
      } else {
        for (long left = partial.readUnsigned(); left > 0; left--) {
          if (distinct.add(kind, partial.readFixed(), partial.readFixed())) {
            counts[kind]++;
          }
        }
      }
    }
    var row = output.row();
    setKey(row, key);
    setSums(row);
    output.write();
  }

  private void mergeTotals(ByteReader key, ByteReader partial) {
    try {
      totals.merge(0, partial);
    } catch (ArithmeticException e) {
      int prefix = table.bucket().dividesDay() ? Long.BYTES : 0;
      var value =
          new String(
              key.bytes(),
              key.position() + prefix,
              key.remaining() - prefix,
              StandardCharsets.UTF_8);
      throw ClickmillException.failed(
          "Cannot write %s of %s: a sum of '%s' has too many digits",
          table.dataset(), context.start(), value, e);
    }
  }

  private void setKey(Row row, ByteReader key) {
    if (table.bucket().dividesDay()) {
      row.setLong(schema.ordinal("bucket_start"), key.readOrdered());
    } else if (table.bucket() != Bucket.DAY) {
      long start = context.start().atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      row.setLong(schema.ordinal("bucket_start"), start);
      row.setBoolean(schema.ordinal("is_complete"), context.isComplete());
    }
    if (table.dimension() != Dimension.SHOP) {
      row.setText(schema.ordinal("value"), key.bytes(), key.position(), key.remaining());
    }
  }

  private void setSums(Row row) {
    long orders = totals.ownOrders(0) + counts[ORDERS];
    long gross = totals.gross(0);
    long units = totals.unitsSold(0);
    row.setLong(schema.ordinal("order_lines"), totals.orderLines(0));
    row.setLong(schema.ordinal("free_lines"), totals.freeLines(0));
    row.setLong(schema.ordinal("lines_without_price"), totals.linesWithoutPrice(0));
    row.setLong(schema.ordinal("units_sold"), units);
    row.setLong(schema.ordinal("units_returned"), totals.unitsReturned(0));
    row.setLong(schema.ordinal("orders"), orders);
    row.setLong(schema.ordinal("returns"), totals.ownReturns(0) + counts[RETURNS]);
    row.setLong(schema.ordinal("customers"), counts[CUSTOMERS]);
    setMoney(row, "gross_revenue", gross);
    setMoney(row, "returned_revenue", totals.returned(0));
    setMoney(row, "adjustments", totals.adjustments(0));
    setMoney(
        row,
        "revenue",
        Math.addExact(Math.subtractExact(gross, totals.returned(0)), totals.adjustments(0)));
    if (units > 0) {
      setMoney(row, "average_price", Money.average(gross, units));
    }
    if (orders > 0) {
      setMoney(row, "average_order_value", Money.average(gross, orders));
    }
    if (totals.orderLines(0) > 0) {
      setMoney(row, "minimum_price", totals.minimumPrice(0));
      setMoney(row, "maximum_price", totals.maximumPrice(0));
    }
  }

  private void setMoney(Row row, String column, long scaled) {
    if (!Money.fits(scaled)) {
      throw ClickmillException.failed(
          "Cannot write %s of %s on %s: %s has more than %d digits",
          column, table.dataset(), context.start(), Money.decimal(scaled), Money.PRECISION);
    }
    row.setLong(schema.ordinal(column), scaled);
  }
}
