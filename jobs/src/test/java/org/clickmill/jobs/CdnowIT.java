package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.clv.Clv;
import org.clickmill.jobs.clv.FitCheck;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published results for the CDNOW sample come out of the whole chain of jobs. */
final class CdnowIT {
  private static final LocalDate END = LocalDate.of(1997, 9, 30);
  private static final double WEEK = 7;

  @TempDir private Path folder;

  @Test
  void summaryAndModelsAreAsPublished() throws Exception {
    var log = shared("CDNOW_sample.txt");
    var summary = shared("cdnow_customers_summary_with_transactions.csv");
    var input = folder.resolve("cdnow.txt");
    Files.write(
        input,
        Files.readAllLines(log).stream()
            .filter(line -> line.strip().split("\\s+", -1)[2].compareTo("19970930") <= 0)
            .toList());
    var local = new LocalWarehouse(folder);
    local.importFiles(input, "cdnow");
    local.compact();
    var tables = new CustomerTables(local);
    tables.days();
    tables.snapshots(END);
    var outcome = tables.clv(END);

    assertThat(outcome.warnings()).isEmpty();
    FitCheck.requireFit(local.warehouse(), END, local.configuration());
    assertThat(outcome.partitions()).hasSize(2);
    assertSummary(local, summary);
    assertModel(local);
    assertSplitsAndReducersChangeNothing(local, tables);
  }

  private static void assertSplitsAndReducersChangeNothing(
      LocalWarehouse local, CustomerTables tables) throws Exception {
    var before = local.fingerprints();
    local.set("clickmill.split.count", 3).set("clickmill.reducers", 2);
    tables.snapshots(END);
    tables.clv(END);
    assertThat(local.fingerprints()).isEqualTo(before);
  }

  private static void assertSummary(LocalWarehouse local, Path summary) throws Exception {
    try (var duck = new DuckDb()) {
      duck.execute(
          "CREATE TABLE ours AS SELECT user_id::BIGINT AS id, frequency AS x,"
              + " days_first_to_last_purchase / 7.0 AS t_x, age_days / 7.0 AS age,"
              + " coalesce(monetary_value, 0)::DOUBLE AS m, * FROM read_parquet('"
              + local.glob(Clv.DATASET)
              + "')");
      duck.execute("CREATE TABLE theirs AS FROM read_csv('" + summary + "')");
      assertThat(
              duck.rows(
                  "SELECT count(*), sum(o.x) FROM ours o JOIN theirs t USING (id) WHERE o.x = t.x"
                      + " AND abs(o.t_x - t.t_x) < 0.0051 AND abs(o.age - t.\"T\") < 0.0051"
                      + " AND abs(o.m - t.zbar) < 0.0051"))
          .containsExactly(List.of("2357", "2457"));
      assertThat(
              duck.rows(
                  "SELECT count(*), round(avg(m)), round(stddev(m)), round(min(m)),"
                      + " round(median(m)), round(max(m)) FROM ours WHERE x > 0"))
          .containsExactly(List.of("946", "35.0", "30.0", "3.0", "27.0", "300.0"));
      assertThat(
              duck.rows(
                  "SELECT count(*) FROM ours WHERE NOT (probability_alive BETWEEN 0 AND 1"
                      + " AND expected_purchases >= 0 AND expected_value > 0 AND clv >= 0"
                      + " AND clv <= expected_purchases * expected_value)"))
          .containsExactly(List.of("0"));
    }
  }

  private static void assertModel(LocalWarehouse local) throws Exception {
    var folder = local.warehouse().pathOf(Partition.ofDay(Clv.MODEL, END));
    try (var row =
        TableReader.open(local.warehouse().fileSystem(), folder, local.configuration())) {
      assertThat(row.next()).isTrue();
      assertThat(row.booleanValue("converged")).isTrue();
      assertThat(row.text("reason")).isNull();
      assertThat(row.longValue("customers")).isEqualTo(2_357);
      assertThat(row.longValue("repeat_customers")).isEqualTo(946);
      assertThat(row.doubleValue("bgnbd_log_likelihood") + 2_457 * Math.log(WEEK))
          .isCloseTo(-9582.4292, within(1e-3));
      assertThat(row.doubleValue("r")).isCloseTo(0.243, within(5e-4));
      assertThat(row.doubleValue("alpha") / WEEK).isCloseTo(4.414, within(5e-4));
      assertThat(row.doubleValue("a")).isCloseTo(0.793, within(5e-4));
      assertThat(row.doubleValue("b")).isCloseTo(2.426, within(5e-3));
      assertThat(row.doubleValue("p")).isCloseTo(6.25, within(5e-3));
      assertThat(row.doubleValue("q")).isCloseTo(3.74, within(5e-3));
      assertThat(row.doubleValue("v")).isCloseTo(15.44, within(1e-2));
      assertThat(row.doubleValue("gamma_gamma_log_likelihood")).isCloseTo(-4055.9177, within(1e-3));
      assertThat(row.next()).isFalse();
    }
  }

  private static Path shared(String name) {
    var root = System.getProperty("clickmill.shared", "../shared");
    var file = Path.of(root, "data", "cdnow", name).toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(file), "needs " + file);
    return file;
  }
}
