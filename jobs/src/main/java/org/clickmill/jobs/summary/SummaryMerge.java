package org.clickmill.jobs.summary;

import java.io.IOException;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.Merge;
import org.clickmill.jobs.kernel.MergeContext;
import org.clickmill.jobs.kernel.PartialAggregates;
import org.clickmill.jobs.kernel.RowSink;

/** Writes the row of a day. A day without events has none. */
final class SummaryMerge implements Merge {
  private static final TableSchema SCHEMA = DailySummary.SCHEMA;

  private final MergeContext context;
  private final DayFigures figures = new DayFigures();

  SummaryMerge(MergeContext context) {
    this.context = context;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    figures.clear();
    try {
      while (partials.next()) {
        figures.merge(partials.value());
      }
    } catch (ArithmeticException e) {
      throw tooManyDigits("a sum", e);
    }
    if (get(DayFigure.EVENTS) == 0) {
      return;
    }
    var row = output.row();
    setLong(row, "events", get(DayFigure.EVENTS));
    setLong(row, "views", get(DayFigure.VIEWS));
    setLong(row, "visitors", get(DayFigure.VISITORS));
    setLong(row, "sessions", get(DayFigure.SESSIONS));
    setLong(row, "bounces", get(DayFigure.BOUNCES));
    setRatio(row, "bounce_rate", DayFigure.BOUNCES);
    setLong(row, "customers", get(DayFigure.CUSTOMERS));
    setLong(row, "new_customers", get(DayFigure.NEW_CUSTOMERS));
    long returning = get(DayFigure.CUSTOMERS) - get(DayFigure.NEW_CUSTOMERS);
    setLong(row, "returning_customers", returning);
    setLong(row, "orders", get(DayFigure.ORDERS));
    setRatio(row, "conversion", DayFigure.BUYING_SESSIONS);
    setMoney(row, "revenue", get(DayFigure.REVENUE));
    setAverage(row, "average_order_value", DayFigure.GROSS_REVENUE, DayFigure.ORDERS);
    setAverage(row, "revenue_per_session", DayFigure.SESSION_REVENUE, DayFigure.SESSIONS);
    row.setBoolean(SCHEMA.ordinal("mature"), get(DayFigure.OPEN_SESSIONS) == 0);
    output.write();
  }

  private long get(DayFigure figure) {
    return figures.get(figure);
  }

  private static void setLong(Row row, String column, long value) {
    row.setLong(SCHEMA.ordinal(column), value);
  }

  private void setRatio(Row row, String column, DayFigure sessions) {
    long all = get(DayFigure.SESSIONS);
    if (all > 0) {
      row.setDouble(SCHEMA.ordinal(column), (double) get(sessions) / all);
    }
  }

  private void setAverage(Row row, String column, DayFigure sum, DayFigure count) {
    if (get(count) > 0) {
      setMoney(row, column, Money.average(get(sum), get(count)));
    }
  }

  private void setMoney(Row row, String column, long scaled) {
    if (!Money.fits(scaled)) {
      throw tooManyDigits(column, null);
    }
    row.setLong(SCHEMA.ordinal(column), scaled);
  }

  private ClickmillException tooManyDigits(String what, ArithmeticException cause) {
    return ClickmillException.failed(
        "Cannot write %s of %s: %s has more than %d digits",
        DailySummary.DATASET, context.start(), what, Money.PRECISION, cause);
  }
}
