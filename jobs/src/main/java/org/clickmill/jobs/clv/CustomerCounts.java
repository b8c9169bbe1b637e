package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Run;

/**
 * The customers of a snapshot as the driver sees them: counted by what the models and scores look
 * at.
 *
 * @param histories how many customers have each history
 * @param values how many repeat customers have each average value
 * @param binned whether the average values were rounded, because there are too many
 * @param recency finds scores of the negative number of days since the last purchase
 * @param frequency finds scores of x
 * @param monetary finds scores of the revenue, scaled by 10^4
 */
record CustomerCounts(
    SummaryCounts histories,
    ValueCounts values,
    boolean binned,
    Quintiles recency,
    Quintiles frequency,
    Quintiles monetary) {
  /** Above this many rows average values are rounded to steps of 0.1 %. */
  static final long MOST_VALUES = 5_000_000;

  /** Takes the columns of a row. */
  private interface RowConsumer {
    void accept(TableReader row);
  }

  /** Reads what {@link CountCustomers} left in the staging folder. */
  static CustomerCounts read(Run run, List<StagedPartition> staged, long mostValues)
      throws IOException {
    var histories = new SummaryCounts();
    read(
        run,
        partition(staged, CountCustomers.HISTORIES),
        row ->
            histories.add(
                (int) row.longValue("x"),
                (int) row.longValue("last_purchase"),
                (int) row.longValue("age"),
                row.longValue("customers")));
    var valueRows = partition(staged, CountCustomers.VALUES);
    boolean binned = valueRows.fingerprint().rows() > mostValues;
    var values = new ValueCounts();
    read(
        run,
        valueRows,
        row -> {
          long value = row.longValue("value");
          values.add(
              (int) row.longValue("x"),
              binned ? ValueCounts.rounded(value) : value,
              row.longValue("customers"));
        });
    var monetary = new Quintiles.Finder(histories.customers());
    read(
        run,
        partition(staged, CountCustomers.REVENUES),
        row -> monetary.add(row.longValue("revenue"), row.longValue("customers")));
    return new CustomerCounts(
        histories, values, binned, recency(histories), frequency(histories), monetary.find());
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

  private static StagedPartition partition(List<StagedPartition> staged, String dataset) {
    return staged.stream()
        .filter(partition -> partition.partition().dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }

  private static void read(Run run, StagedPartition staged, RowConsumer consumer)
      throws IOException {
    var warehouse = run.warehouse();
    var folder = warehouse.stagingOf(run.id(), staged.partition());
    try (var rows = TableReader.open(warehouse.fileSystem(), folder, run.configuration())) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    }
  }
}
