package org.clickmill.jobs.sales;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.write.Row;
import org.clickmill.formats.write.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.Partials;
import org.clickmill.jobs.kernel.RowSink;
import org.clickmill.jobs.kernel.Table;

/** Lines up the days of a value and averages over those that the warehouse has. */
final class SalesTrendMerge implements Merge {
  private static final int WEEK = 7;

  private final String dataset;
  private final TableSchema schema;
  private final MergeContext context;
  private final boolean hasValue;
  private final TrendDays days = new TrendDays();

  SalesTrendMerge(Table table, MergeContext context) {
    this.dataset = table.dataset();
    this.schema = table.schema();
    this.context = context;
    this.hasValue = schema.contains("value");
  }

  @Override
  public void merge(ByteReader key, Partials partials, RowSink output) throws IOException {
    days.clear();
    var row = output.row();
    try {
      while (partials.next()) {
        var day = partials.value();
        days.add((int) day.readUnsigned(), day.readSigned(), day.readUnsigned());
      }
      set(row);
    } catch (ArithmeticException e) {
      throw ClickmillException.failed(
          "Cannot write %s of %s: a sum of '%s' has too many digits",
          dataset, context.start(), text(key), e);
    }
    if (hasValue) {
      row.setText(schema.ordinal("value"), key.bytes(), key.position(), key.remaining());
    }
    output.write();
  }

  private void set(Row row) {
    long there = ChronoUnit.DAYS.between(context.firstDay(), context.start()) + 1;
    row.setLong(schema.ordinal("revenue"), days.revenue(0));
    row.setLong(schema.ordinal("orders"), days.orders(0));
    if (there > WEEK) {
      row.setLong(schema.ordinal("revenue_same_day_last_week"), days.revenue(WEEK));
    }
    if (there >= WEEK) {
      row.setLong(schema.ordinal("revenue_average_7d"), days.averageRevenue(WEEK));
      row.setDouble(schema.ordinal("orders_average_7d"), days.averageOrders(WEEK));
    }
    if (there >= TrendDays.LONGEST) {
      row.setLong(schema.ordinal("revenue_average_28d"), days.averageRevenue(TrendDays.LONGEST));
      row.setDouble(schema.ordinal("orders_average_28d"), days.averageOrders(TrendDays.LONGEST));
    }
  }

  private static String text(ByteReader key) {
    return new String(key.bytes(), key.position(), key.remaining(), StandardCharsets.UTF_8);
  }
}
