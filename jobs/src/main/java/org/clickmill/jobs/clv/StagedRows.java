package org.clickmill.jobs.clv;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.StagedPartition;
import org.clickmill.jobs.kernel.Run;

/** What a job left in the staging folder for the driver. */
final class StagedRows {
  private final Run run;
  private final List<StagedPartition> staged;

  StagedRows(Run run, List<StagedPartition> staged) {
    this.run = run;
    this.staged = staged;
  }

  /** How many rows a table has. */
  long count(String dataset) {
    return partition(dataset).fingerprint().rows();
  }

  /** Reads the rows of a table in their order. */
  void forEach(String dataset, Consumer<TableReader> consumer) throws IOException {
    var warehouse = run.warehouse();
    var folder = warehouse.stagingOf(run.id(), partition(dataset).partition());
    try (var rows = TableReader.open(warehouse.fileSystem(), folder, run.configuration())) {
      while (rows.next()) {
        consumer.accept(rows);
      }
    }
  }

  /** Reads a table of the columns of clv_histories. */
  SummaryCounts histories(String dataset) throws IOException {
    var histories = new SummaryCounts();
    forEach(
        dataset,
        row ->
            histories.add(
                (int) row.longValue("x"),
                (int) row.longValue("last_purchase"),
                (int) row.longValue("age"),
                row.longValue("customers")));
    return histories;
  }

  private StagedPartition partition(String dataset) {
    return staged.stream()
        .filter(partition -> partition.partition().dataset().equals(dataset))
        .findFirst()
        .orElseThrow();
  }
}
