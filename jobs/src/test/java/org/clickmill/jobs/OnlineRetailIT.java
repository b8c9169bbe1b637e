package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.clickmill.formats.warehouse.Datasets;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published figures of a real shop's year come out to the last digit. */
final class OnlineRetailIT {
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
    }
  }
}
