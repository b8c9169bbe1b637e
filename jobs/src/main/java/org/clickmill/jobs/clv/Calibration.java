package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.formats.parquet.ParquetTableWriter;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;

/**
 * What customers bought in each week of the hold-out, and what the model of the time before it
 * expected of them.
 */
final class Calibration {
  private static final TableSchema SCHEMA = Clv.CALIBRATION_TABLE.schema();
  private static final int COHORT = SCHEMA.ordinal("cohort");
  private static final int FREQUENCY = SCHEMA.ordinal("frequency");
  private static final int WEEK = SCHEMA.ordinal("week");
  private static final int FIRST_DAY = SCHEMA.ordinal("first_day");
  private static final int CUSTOMERS = SCHEMA.ordinal("customers");
  private static final int ACTUAL = SCHEMA.ordinal("actual_purchases");
  private static final int EXPECTED = SCHEMA.ordinal("expected_purchases");

  private final Holdout holdout;
  private final SortedMap<Integer, SummaryCounts> cohorts;
  private final Map<Integer, PurchaseModel> models;
  private final Map<Cell, Long> actual;
  private final String problem;

  private record Cell(int cohort, int frequency, int week) {}

  private Calibration(
      Holdout holdout,
      SortedMap<Integer, SummaryCounts> cohorts,
      Map<Integer, PurchaseModel> models,
      Map<Cell, Long> actual,
      String problem) {
    this.holdout = holdout;
    this.cohorts = cohorts;
    this.models = models;
    this.actual = actual;
    this.problem = problem;
  }

  /**
   * Fits the models of purchases to the time before the hold-out. A cohort whose model has no fit
   * is compared with that of all customers, as clv values it.
   */
  static Calibration of(Holdout holdout, Cohorts cohorts, StagedRows rows, BgNbdFit fitter)
      throws IOException {
    var histories = rows.histories(HoldoutCounts.HISTORIES);
    var ofAll = fitter.fit(histories);
    var apart = new TreeMap<Integer, SummaryCounts>(cohorts.apart(histories));
    var models = new TreeMap<Integer, PurchaseModel>();
    apart.forEach(
        (cohort, some) -> {
          var fit = fitter.fit(some);
          models.put(cohort, fit.converged() ? fit.model() : ofAll.model());
        });
    if (!cohorts.areApart()) {
      apart.put(Cohorts.EVERYBODY, histories);
      models.put(Cohorts.EVERYBODY, ofAll.model());
    }
    return new Calibration(holdout, apart, models, actual(rows), problem(histories, ofAll));
  }

  private static String problem(SummaryCounts histories, Fit<PurchaseModel> ofAll) {
    if (histories.customers() == 0) {
      return " is empty: nobody whom models are fitted to bought before the hold-out";
    }
    return ofAll.converged() ? null : " has no model: BG/NBD: " + ofAll.reason();
  }

  private static Map<Cell, Long> actual(StagedRows rows) throws IOException {
    var actual = new HashMap<Cell, Long>();
    rows.forEach(
        HoldoutCounts.WEEKS,
        row ->
            actual.put(
                new Cell(
                    (int) row.longValue("cohort"),
                    (int) row.longValue("frequency"),
                    (int) row.longValue("week")),
                row.longValue("purchases")));
    return actual;
  }

  /** Why there are no rows or nothing expected, as the end of a message; null if there are. */
  String problem() {
    return problem;
  }

  /** Writes a row for each week of each class of each cohort that has customers. */
  void write(Row row, ParquetTableWriter output) throws IOException {
    for (var cohort : cohorts.entrySet()) {
      var histories = cohort.getValue();
      int from = 0;
      while (from < histories.size()) {
        int frequency = HoldoutCounts.classOf(histories.x(from));
        int to = from;
        while (to < histories.size() && HoldoutCounts.classOf(histories.x(to)) == frequency) {
          to++;
        }
        write(cohort.getKey(), frequency, new ClassOfCustomers(histories, from, to), row, output);
        from = to;
      }
    }
  }

  private void write(
      int cohort, int frequency, ClassOfCustomers some, Row row, ParquetTableWriter output)
      throws IOException {
    var model = models.get(cohort);
    double before = 0;
    for (int week = 1; week <= holdout.weeks(); week++) {
      row.clear();
      if (cohort != Cohorts.EVERYBODY) {
        row.setLong(COHORT, cohort);
      }
      row.setLong(FREQUENCY, frequency);
      row.setLong(WEEK, week);
      row.setLong(FIRST_DAY, holdout.firstDay(week).toEpochDay());
      row.setLong(CUSTOMERS, some.customers());
      row.setLong(ACTUAL, actual.getOrDefault(new Cell(cohort, frequency, week), 0L));
      if (model != null) {
        double expected = some.expectedPurchases(model, (double) week * Holdout.DAYS_OF_A_WEEK);
        row.setDouble(EXPECTED, expected - before);
        before = expected;
      }
      output.write(row);
    }
  }

  /** Consecutive rows of histories. */
  private record ClassOfCustomers(SummaryCounts histories, int from, int to) {
    long customers() {
      long customers = 0;
      for (int row = from; row < to; row++) {
        customers += histories.count(row);
      }
      return customers;
    }

    /** What is expected of all of them in some days after the end of observation. */
    double expectedPurchases(PurchaseModel model, double days) {
      return RowSums.sum(
          to - from,
          (first, last) -> {
            double sum = 0;
            for (int row = from + first; row < from + last; row++) {
              sum +=
                  histories.count(row)
                      * model.expectedPurchases(
                          days, histories.x(row), histories.lastPurchase(row), histories.age(row));
            }
            return sum;
          });
    }
  }
}
