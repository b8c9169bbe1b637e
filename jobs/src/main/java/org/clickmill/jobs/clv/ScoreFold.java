package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.clickmill.formats.table.ColumnBatch;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.clv.LifetimeValue.Outlook;
import org.clickmill.jobs.kernel.Emitter;
import org.clickmill.jobs.kernel.Fold;
import org.clickmill.jobs.kernel.FoldContext;

/** Scores customers one by one; what is expected of a history is computed once for many of them. */
final class ScoreFold implements Fold {
  /** How many histories are remembered, about 20 MB; then they are forgotten and learnt again. */
  private static final int MOST_OUTLOOKS = 200_000;

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
  private static final int PROBABILITY_ALIVE = SCHEMA.ordinal("probability_alive");
  private static final int EXPECTED_PURCHASES = SCHEMA.ordinal("expected_purchases");
  private static final int EXPECTED_VALUE = SCHEMA.ordinal("expected_value");
  private static final int CLV = SCHEMA.ordinal("clv");

  private final FoldContext context;
  private final Scoring scoring;
  private final LifetimeValue lifetimeValue;
  private final CustomerColumns customers = new CustomerColumns();
  private final Int2ObjectOpenHashMap<Long2ObjectOpenHashMap<Outlook>> outlooks =
      new Int2ObjectOpenHashMap<>();
  private int remembered;
  private long written;

  ScoreFold(FoldContext context, Scoring scoring) {
    this.context = context;
    this.scoring = scoring;
    lifetimeValue = scoring.lifetimeValue();
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
    fillOutlook(row, i, x, lastPurchase, age);
  }

  /** The columns of the models: each is NULL where a model that it needs has no fit. */
  private void fillOutlook(Row row, int i, int x, int lastPurchase, int age) {
    var values = scoring.values();
    double expectedValue = 0;
    if (values != null) {
      expectedValue = values.expectedValue(x, x > 0 ? ValueCounts.amount(customers.value(i)) : 0);
      row.setDouble(EXPECTED_VALUE, expectedValue);
    }
    if (lifetimeValue != null) {
      var outlook = outlook(x, lastPurchase, age);
      row.setDouble(PROBABILITY_ALIVE, outlook.probabilityAlive());
      row.setDouble(EXPECTED_PURCHASES, outlook.expectedPurchases());
      if (values != null) {
        row.setDouble(CLV, expectedValue * outlook.discountedPurchases());
      }
    }
  }

  private Outlook outlook(int x, int lastPurchase, int age) {
    var ofFrequency = outlooks.get(x);
    if (ofFrequency == null) {
      ofFrequency = new Long2ObjectOpenHashMap<>();
      outlooks.put(x, ofFrequency);
    }
    long times = ((long) lastPurchase << 32) | age;
    var outlook = ofFrequency.get(times);
    if (outlook == null) {
      outlook = lifetimeValue.outlook(x, lastPurchase, age);
      if (remembered++ == MOST_OUTLOOKS) {
        outlooks.clear();
        remembered = 0;
      } else {
        ofFrequency.put(times, outlook);
      }
    }
    return outlook;
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
