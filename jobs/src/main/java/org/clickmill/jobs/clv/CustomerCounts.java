package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Run;

/**
 * The customers of a snapshot as the driver sees them: counted by what the models and scores look
 * at.
 *
 * @param histories how many customers have each history
 * @param values what came of fitting the average values of each cohort, and of all customers
 * @param binned whether the average values were rounded, because there are too many
 * @param recency finds scores of the negative number of days since the last purchase
 * @param frequency finds scores of x
 * @param monetary finds scores of the revenue, scaled by 10^4
 */
record CustomerCounts(
    SummaryCounts histories,
    FittedValues values,
    boolean binned,
    Quintiles recency,
    Quintiles frequency,
    Quintiles monetary) {
  /** Above this many rows average values are rounded to steps of 0.1 %. */
  static final long MOST_VALUES = 5_000_000;

  /**
   * Reads what {@link CountCustomers} left in the staging folder. The average values of a cohort
   * are fitted as they come, and forgotten.
   */
  static CustomerCounts read(
      Run run, List<StagedPartition> staged, long mostValues, GammaGammaFit fitter)
      throws IOException {
    var rows = new StagedRows(run, staged);
    var histories = rows.histories(CountCustomers.HISTORIES);
    boolean binned = rows.count(CountCustomers.VALUES) > mostValues;
    var values = new FittedValues(fitter);
    rows.forEach(
        CountCustomers.VALUES,
        row -> {
          long value = row.longValue("value");
          values.add(
              (int) row.longValue("cohort"),
              (int) row.longValue("x"),
              binned ? ValueCounts.rounded(value) : value,
              row.longValue("customers"));
        });
    var monetary = new Quintiles.Finder(histories.customers());
    rows.forEach(
        CountCustomers.REVENUES,
        row -> monetary.add(row.longValue("revenue"), row.longValue("customers")));
    return new CustomerCounts(
        histories,
        values.finish(),
        binned,
        recency(histories),
        frequency(histories),
        monetary.find());
  }

  private static Quintiles recency(SummaryCounts histories) {
    var counts = new TreeMap<Long, Long>();
    for (int row = 0; row < histories.size(); row++) {
      long sinceLast = (long) histories.age(row) - histories.lastPurchase(row);
      counts.merge(-sinceLast, histories.count(row), Long::sum);
    }
    return quintiles(histories, counts);
  }

  private static Quintiles frequency(SummaryCounts histories) {
    var counts = new TreeMap<Long, Long>();
    for (int row = 0; row < histories.size(); row++) {
      counts.merge((long) histories.x(row), histories.count(row), Long::sum);
    }
    return quintiles(histories, counts);
  }

  private static Quintiles quintiles(SummaryCounts histories, TreeMap<Long, Long> counts) {
    var finder = new Quintiles.Finder(histories.customers());
    counts.forEach(finder::add);
    return finder.find();
  }
}
