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
import org.clickmill.jobs.clv.HoldoutCustomers;
import org.clickmill.jobs.kernel.Request;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published results for the CDNOW sample come out of the whole chain of jobs. */
final class CdnowIT {
  private static final LocalDate END = LocalDate.of(1997, 9, 30);
  private static final LocalDate LAST = LocalDate.of(1998, 6, 30);
  private static final double WEEK = 7;

  @TempDir private Path folder;

  @Test
  void whatTheLiteratureSaysOfTheSampleComesOut() throws Exception {
    var log = shared("CDNOW_sample.txt");
    var summary = shared("cdnow_customers_summary_with_transactions.csv");
    var local = new LocalWarehouse(folder);
    local.importFiles(log, "cdnow");
    local.compact();
    var tables = new CustomerTables(local);
    tables.days();
    tables.snapshots(END, LAST);
    assertSummaryAndModels(local, tables, summary);
    assertHoldout(local, tables, log);
  }

  private static void assertSummaryAndModels(
      LocalWarehouse local, CustomerTables tables, Path summary) throws Exception {
    var outcome = tables.clv(END);
    assertThat(outcome.warnings()).isEmpty();
    FitCheck.requireFit(local.warehouse(), END, local.configuration());
    assertThat(outcome.partitions()).hasSize(2);
    assertSummary(local, summary);
    assertModel(local);
    assertSplitsAndReducersChangeNothing(local, tables);
  }

  /**
   * The hold-out of Fader, Hardie and Lee 2005, whose figure of conditional expectations draws what
   * was expected and what happened by the frequency in calibration; the numbers are those of the
   * walkthrough of R's BTYD.
   */
  private void assertHoldout(LocalWarehouse local, CustomerTables tables, Path log)
      throws Exception {
    local.set("clickmill.clv.holdout-weeks", 39);
    assertThat(tables.clv(LAST).warnings()).isEmpty();
    assertSnapshotStandsForItsDays(local, tables);
    try (var duck = new DuckDb()) {
      duck.execute("CREATE VIEW calibration AS FROM " + last(local, Clv.CALIBRATION));
      assertExpectedAndActual(duck);
      assertActualIsTheLog(duck, log);
      assertCohortsAreFittedApart(duck, local, tables);
    }
  }

  private static String last(LocalWarehouse local, String dataset) {
    return "(SELECT * FROM read_parquet('"
        + local.glob(dataset)
        + "', hive_partitioning = true) WHERE dt = '"
        + LAST
        + "')";
  }

  private static void assertExpectedAndActual(DuckDb duck) throws Exception {
    assertThat(
            duck.rows(
                "SELECT sum(actual_purchases), round(sum(expected_purchases)), count(*),"
                    + " min(first_day), max(first_day) + 6 FROM calibration"))
        .containsExactly(List.of("1882", "1653.0", "312", "1997-10-01", "1998-06-30"));
    var actual = "sum(actual_purchases) / any_value(customers)";
    assertThat(
            duck.rows(
                "SELECT any_value(customers), round("
                    + actual
                    + ", 4) FROM calibration GROUP BY frequency ORDER BY frequency"))
        .containsExactly(
            List.of("1411", "0.2367"),
            List.of("439", "0.697"),
            List.of("214", "1.3925"),
            List.of("100", "1.56"),
            List.of("62", "2.5323"),
            List.of("38", "2.9474"),
            List.of("29", "3.8621"),
            List.of("64", "6.3594"));
    var published = "[.2251, .5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570]";
    assertThat(
            duck.rows(
                "SELECT frequency FROM calibration GROUP BY frequency HAVING"
                    + " abs(sum(expected_purchases) / any_value(customers) - "
                    + published
                    + "[frequency + 1]) > 0.0003"))
        .isEmpty();
  }

  /** By class and week, as SQL says of the log itself. */
  private void assertActualIsTheLog(DuckDb duck, Path log) throws Exception {
    var csv = folder.resolve("log.csv");
    Files.write(
        csv,
        Files.readAllLines(log).stream()
            .map(line -> line.strip().split("\\s+", -1))
            .map(fields -> fields[1] + "," + fields[2])
            .toList());
    duck.execute(
        "CREATE TABLE days AS SELECT DISTINCT column0 AS id,"
            + " strptime(column1::VARCHAR, '%Y%m%d')::DATE AS day FROM read_csv('"
            + csv
            + "', header = false)");
    duck.execute(
        "CREATE TABLE calibrated AS SELECT id, least(count(*) - 1, 7) AS frequency FROM days"
            + " WHERE day <= DATE '1997-09-30' GROUP BY id");
    duck.assertSame(
        "actual purchases",
        "frequency, week, purchases",
        "SELECT frequency, week, actual_purchases AS purchases FROM calibration"
            + " WHERE actual_purchases > 0",
        "SELECT frequency, (day - DATE '1997-10-01') // 7 + 1 AS week, count(*) AS purchases"
            + " FROM days JOIN calibrated USING (id) WHERE day > DATE '1997-09-30' GROUP BY ALL");
  }

  private static void assertSnapshotStandsForItsDays(LocalWarehouse local, CustomerTables tables)
      throws Exception {
    var analysis = new HoldoutCustomers();
    var requests = List.of(new Request(analysis.tables().get(0), LAST));
    var outputs = analysis.outputPartitions(requests, tables.catalog(), local.configuration());
    assertThat(outputs.get(0).reads())
        .hasSize(39 * 7 + 1)
        .contains(Partition.ofDay("customers", END))
        .doesNotContain(Partition.ofDay("customer_days", END));
  }

  /** The models of the last cohort are those of all who were acquired since its first day. */
  private static void assertCohortsAreFittedApart(
      DuckDb duck, LocalWarehouse local, CustomerTables tables) throws Exception {
    local.set("clickmill.clv.fit-by", "month");
    tables.clv(LAST);
    assertThat(
            duck.rows(
                "SELECT cohort, sum(actual_purchases) > 400, sum(expected_purchases) BETWEEN 300"
                    + " AND 900, count(DISTINCT frequency) FROM calibration GROUP BY cohort"
                    + " ORDER BY cohort"))
        .containsExactly(
            List.of("1997-01-01", "true", "true", "8"),
            List.of("1997-02-01", "true", "true", "8"),
            List.of("1997-03-01", "true", "true", "8"));
    assertThat(duck.rows("SELECT sum(actual_purchases) FROM calibration"))
        .containsExactly(List.of("1882"));
    var models = last(local, Clv.MODEL);
    duck.execute("CREATE TABLE apart AS FROM " + models);
    assertThat(duck.rows("SELECT cohort, customers FROM apart ORDER BY cohort NULLS FIRST"))
        .hasSize(4)
        .first()
        .isEqualTo(List.of("null", "2357"));
    var values = last(local, Clv.DATASET);
    duck.execute("CREATE TABLE valued AS FROM " + values);

    local.set("clickmill.clv.fit-by", "all").set("clickmill.clv.acquired-since", "1997-03-01");
    tables.clv(LAST);
    duck.assertSame(
        "the last cohort",
        "customers, repeat_customers, r, alpha, a, b, p, q, v, r_se, b_se, q_se,"
            + " frequency_value_correlation",
        "SELECT * FROM " + models,
        "SELECT * FROM apart WHERE cohort = DATE '1997-03-01'");
    duck.assertSame(
        "customers of the last cohort",
        "user_id, expected_purchases, expected_value, expected_value_low, expected_value_high, clv",
        "SELECT * FROM " + values + " WHERE age_days <= DATE '1998-06-30' - DATE '1997-03-01'",
        "SELECT * FROM valued WHERE age_days <= DATE '1998-06-30' - DATE '1997-03-01'");
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
                      + " AND clv <= expected_purchases * expected_value"
                      + " AND expected_value_low < expected_value"
                      + " AND expected_value < expected_value_high)"))
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
      assertThat(row.doubleValue("r_se")).isCloseTo(0.012557, within(2e-5));
      assertThat(row.doubleValue("b_se")).isCloseTo(0.705345, within(2e-3));
      assertThat(row.doubleValue("frequency_value_correlation")).isCloseTo(0.113884, within(5e-6));
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
