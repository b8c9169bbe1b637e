package org.clickmill.jobs.clv;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.TreeMap;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.jobs.clv.LifetimeValue.Outlook;

/**
 * Fills the columns of clv that models tell; what is expected of a history is computed once for
 * many customers.
 */
final class ModelColumns {
  /** How many histories are remembered, about 20 MB; then they are forgotten and learnt again. */
  private static final int MOST_OUTLOOKS = 200_000;

  private static final TableSchema SCHEMA = Clv.TABLE.schema();
  private static final int PROBABILITY_ALIVE = SCHEMA.ordinal("probability_alive");
  private static final int EXPECTED_PURCHASES = SCHEMA.ordinal("expected_purchases");
  private static final int EXPECTED_VALUE = SCHEMA.ordinal("expected_value");
  private static final int EXPECTED_VALUE_LOW = SCHEMA.ordinal("expected_value_low");
  private static final int EXPECTED_VALUE_HIGH = SCHEMA.ordinal("expected_value_high");
  private static final int CLV = SCHEMA.ordinal("clv");

  private final TreeMap<Integer, Models> byCohort = new TreeMap<>();

  /** By x, and by t_x and T, of which T tells the cohort. */
  private final Int2ObjectOpenHashMap<Long2ObjectOpenHashMap<Outlook>> outlooks =
      new Int2ObjectOpenHashMap<>();

  private int remembered;

  private record Models(Valuation valuation, LifetimeValue lifetimeValue) {}

  ModelColumns(Scoring scoring) {
    scoring
        .byCohort()
        .forEach(
            (cohort, valuation) ->
                byCohort.put(
                    cohort,
                    new Models(
                        valuation,
                        valuation.purchases() == null
                            ? null
                            : new LifetimeValue(
                                valuation.purchases(),
                                scoring.horizonDays(),
                                scoring.discountRateMonthly()))));
  }

  /**
   * Fills the columns of a customer: each is NULL where a model that it needs has no fit.
   *
   * @param firstDay of the customer's purchases, since the epoch
   * @param value m; without meaning if x is 0
   */
  void fill(Row row, long firstDay, int x, int lastPurchase, int age, double value) {
    var models = byCohort.floorEntry(Math.toIntExact(firstDay)).getValue();
    var values = models.valuation.values();
    double expectedValue = 0;
    if (values != null) {
      expectedValue = values.expectedValue(x, value);
      row.setDouble(EXPECTED_VALUE, expectedValue);
      fillInterval(row, models.valuation.uncertainty(), x, value, expectedValue);
    }
    if (models.lifetimeValue != null) {
      var outlook = outlook(models.lifetimeValue, x, lastPurchase, age);
      row.setDouble(PROBABILITY_ALIVE, outlook.probabilityAlive());
      row.setDouble(EXPECTED_PURCHASES, outlook.expectedPurchases());
      if (values != null) {
        row.setDouble(CLV, expectedValue * outlook.discountedPurchases());
      }
    }
  }

  private static void fillInterval(
      Row row, Uncertainty<SpendModel> uncertainty, int x, double value, double expectedValue) {
    if (uncertainty == null || expectedValue <= 0) {
      return;
    }
    double factor = uncertainty.factor95(expectedValue, model -> model.expectedOrNone(x, value));
    if (Double.isFinite(factor)) {
      row.setDouble(EXPECTED_VALUE_LOW, expectedValue / factor);
      row.setDouble(EXPECTED_VALUE_HIGH, expectedValue * factor);
    }
  }

  private Outlook outlook(LifetimeValue lifetimeValue, int x, int lastPurchase, int age) {
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
}
