package org.clickmill.jobs.summary;

import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.jobs.kernel.ByteWriter;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;

/** Adds up the rows that one of the tables has of a day. */
final class SummaryFold implements Fold {
  private static final String SALES = "sales";
  private static final String SESSIONS = "sessions";
  private static final String CUSTOMER_ACTIVITY = "customer_activity";

  /** What summaries are made from. */
  static final List<String> DATASETS =
      List.of(EventTotals.DATASET, SALES, SESSIONS, CUSTOMER_ACTIVITY);

  private final String dataset;
  private final DayFigures figures = new DayFigures();
  private long rows;

  /**
   * @param dataset one of {@link #DATASETS}
   */
  SummaryFold(String dataset) {
    this.dataset = dataset;
  }

  @Override
  public List<String> columns() {
    return switch (dataset) {
      case EventTotals.DATASET -> List.of("events", "views", "visitors");
      case SALES -> List.of("orders", "gross_revenue", "revenue");
      case SESSIONS -> List.of("is_bounce", "has_purchase", "revenue", "is_complete");
      case CUSTOMER_ACTIVITY -> List.of("purchase_lines", "first_day");
      default -> throw new IllegalArgumentException("No input of a summary: " + dataset);
    };
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) {
    switch (dataset) {
      case EventTotals.DATASET -> {
        addSum(batch, "events", DayFigure.EVENTS);
        addSum(batch, "views", DayFigure.VIEWS);
        addSum(batch, "visitors", DayFigure.VISITORS);
      }
      case SALES -> {
        addSum(batch, "orders", DayFigure.ORDERS);
        addSum(batch, "gross_revenue", DayFigure.GROSS_REVENUE);
        addSum(batch, "revenue", DayFigure.REVENUE);
      }
      case SESSIONS -> {
        figures.add(DayFigure.SESSIONS, batch.size());
        addSum(batch, "is_bounce", DayFigure.BOUNCES);
        addSum(batch, "has_purchase", DayFigure.BUYING_SESSIONS);
        addSum(batch, "revenue", DayFigure.SESSION_REVENUE);
        figures.add(DayFigure.OPEN_SESSIONS, batch.size());
        long[] isComplete = batch.longs("is_complete").values();
        for (int row = 0; row < batch.size(); row++) {
          figures.add(DayFigure.OPEN_SESSIONS, -isComplete[row]);
        }
      }
      default -> addCustomers(batch);
    }
    rows += batch.size();
    return batch.size();
  }

  private void addSum(ColumnBatch batch, String column, DayFigure figure) {
    long[] values = batch.longs(column).values();
    for (int row = 0; row < batch.size(); row++) {
      figures.add(figure, values[row]);
    }
  }

  /** A customer who never bought anything before has bought first on this day. */
  private void addCustomers(ColumnBatch batch) {
    long day = batch.partition().day().toEpochDay();
    long[] purchaseLines = batch.longs("purchase_lines").values();
    long[] firstDays = batch.longs("first_day").values();
    for (int row = 0; row < batch.size(); row++) {
      if (purchaseLines[row] > 0) {
        figures.add(DayFigure.CUSTOMERS, 1);
        figures.addIf(DayFigure.NEW_CUSTOMERS, firstDays[row] == day);
      }
    }
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    var partial = new ByteWriter();
    figures.write(partial);
    emitter.emit(DailySummary.DATASET, new ByteWriter(), partial, rows);
    figures.clear();
    rows = 0;
  }
}
