package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.clickmill.formats.warehouse.Datasets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published figures of a real shop's year come out to the last digit. */
final class OnlineRetailIT {
  private static final LocalDate LAST_DAY = LocalDate.of(2011, 12, 9);

  @TempDir private Path folder;

  @Test
  void salesOfTheYearAreAsPublished() throws Exception {
    var shared = System.getProperty("clickmill.shared", "../shared");
    var input = Path.of(shared, "data", "online-retail").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(input), "needs " + input);
    var local = new LocalWarehouse(folder).set("mapreduce.task.io.sort.mb", 64);

    var outcome = local.importFiles(input, "online-retail");
    assertThat(outcome.read()).isEqualTo(541_909);
    assertThat(outcome.written()).isEqualTo(541_909);
    assertThat(outcome.rejected()).isZero();
    assertThat(local.compact().written()).isEqualTo(541_909);
    local.fold(Datasets.EVENTS_DAILY, table -> table.dataset().equals("sales"));

    assertThat(local.manifests("sales")).hasSize(374);
    try (var duck = new DuckDb()) {
      var columns =
          List.of(
              "count(*)",
              "sum(order_lines)",
              "sum(orders)",
              "sum(units_sold)",
              "sum(gross_revenue)",
              "sum(returned_revenue)",
              "sum(returns)",
              "sum(units_returned)",
              "sum(adjustments)",
              "sum(revenue)",
              "sum(free_lines)",
              "sum(lines_without_price)",
              "any_value(typeof(revenue))");
      var rows =
          duck.rows(
              "SELECT "
                  + String.join(", ", columns)
                  + " FROM read_parquet('"
                  + local.glob("sales")
                  + "', hive_partitioning = true)");
      assertThat(rows.get(0))
          .containsExactly(
              "305",
              "530104",
              "19960",
              "5588376",
              "10666684.5440",
              "896812.4900",
              "3836",
              "277574",
              "-22124.1200",
              "9747747.9340",
              "2515",
              "0",
              "DECIMAL(18,4)");
      assertCustomers(local, duck);
    }
  }

  /** What customers spent and what nobody in particular did is all there is. */
  private static void assertCustomers(LocalWarehouse local, DuckDb duck) throws Exception {
    var tables = new CustomerTables(local);
    tables.days();
    tables.snapshots(LAST_DAY);
    assertThat(tables.clv(LAST_DAY).warnings()).isEmpty();
    assertThat(
            duck.rows(
                "SELECT count(*), count(*) FILTER (gross_revenue > 0), sum(revenue) FROM"
                    + " read_parquet('"
                    + local.glob("customers")
                    + "')"))
        .containsExactly(List.of("4372", "4338", "8300065.8140"));
    assertThat(
            duck.rows(
                "SELECT sum(price * quantity) FROM read_parquet('"
                    + local.glob("events_daily")
                    + "') WHERE user_id IS NULL"))
        .containsExactly(List.of("1447682.1200"));
    assertThat(
            duck.rows(
                "SELECT count(*), count(*) FILTER (isfinite(probability_alive) AND"
                    + " probability_alive BETWEEN 0 AND 1 AND isfinite(expected_purchases) AND"
                    + " expected_purchases >= 0 AND isfinite(expected_value) AND expected_value >= 0"
                    + " AND isfinite(clv) AND clv >= 0) FROM read_parquet('"
                    + local.glob("clv")
                    + "')"))
        .containsExactly(List.of("4339", "4339"));
  }
}
