package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/** Scores customers one by one. */
final class ScoreFold implements Fold {
  private static final TableSchema SCHEMA = Clv.TABLE.schema();
  private static final int USER_ID = SCHEMA.ordinal("user_id");
  private static final int FREQUENCY = SCHEMA.ordinal("frequency");
  private static final int FIRST_TO_LAST = SCHEMA.ordinal("days_first_to_last_purchase");
  private static final int AGE = SCHEMA.ordinal("age_days");
  private static final int SINCE_LAST = SCHEMA.ordinal("days_since_last_purchase");
  private static final int MONETARY_VALUE = SCHEMA.ordinal("monetary_value");
  private static final int REVENUE = SCHEMA.ordinal("revenue");
  private static final int ORDERS = SCHEMA.ordinal("orders");
  private static final int RFM_RECENCY = SCHEMA.ordinal("rfm_recency");
  private static final int RFM_FREQUENCY = SCHEMA.ordinal("rfm_frequency");
  private static final int RFM_MONETARY = SCHEMA.ordinal("rfm_monetary");
  private static final int SEGMENT = SCHEMA.ordinal("segment");

  private final FoldContext context;
  private final Scoring scoring;
  private final ModelColumns models;
  private final CustomerColumns customers = new CustomerColumns();
  private long written;

  ScoreFold(FoldContext context, Scoring scoring) {
    this.context = context;
    this.scoring = scoring;
    models = new ModelColumns(scoring);
  }

  @Override
  public List<String> columns() {
    return CustomerColumns.columns();
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of();
  }

  @Override
  public long fold(ColumnBatch batch) throws IOException {
    customers.begin(batch);
    var output = context.rows(Clv.DATASET, batch.partition().day());
    int folded = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (customers.hasPurchase(i)) {
        fill(output.row(), i);
        output.write();
        folded++;
      }
    }
    written += folded;
    return folded;
  }

  private void fill(Row row, int i) {
    var users = customers.users();
    int user = users.ids()[i];
    int x = customers.frequency(i);
    int lastPurchase = customers.lastPurchase(i);
    int age = customers.age(i);
    int sinceLast = age - lastPurchase;
    int recency = scoring.recency().score(-sinceLast);
    int frequency = scoring.frequency().score(x);
    row.setText(USER_ID, users.bytes(), users.offset(user), users.length(user));
    row.setLong(FREQUENCY, x);
    row.setLong(FIRST_TO_LAST, lastPurchase);
    row.setLong(AGE, age);
    row.setLong(SINCE_LAST, sinceLast);
    if (x > 0) {
      row.setLong(MONETARY_VALUE, customers.value(i));
    }
    row.setLong(REVENUE, customers.revenue(i));
    row.setLong(ORDERS, customers.orders(i));
    row.setLong(RFM_RECENCY, recency);
    row.setLong(RFM_FREQUENCY, frequency);
    row.setLong(RFM_MONETARY, scoring.monetary().score(customers.revenue(i)));
    row.setText(SEGMENT, Segment.of(recency, frequency).label());
    double value = x > 0 ? ValueCounts.amount(customers.value(i)) : 0;
    models.fill(row, customers.firstDay(i), x, lastPurchase, age, value);
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public void flush(Emitter emitter) {
    for (var start : emitter.starts(Clv.DATASET)) {
      emitter.finished(Clv.DATASET, start, written);
    }
    written = 0;
  }
}
