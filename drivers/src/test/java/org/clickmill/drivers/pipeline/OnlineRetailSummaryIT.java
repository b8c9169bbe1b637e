package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days and cohorts of a real shop's year equal what SQL says of the raw files. */
final class OnlineRetailSummaryIT {
  private static final String LAST_DAY = "2011-12-09";
  private static final String PURCHASE = "Quantity > 0 AND UnitPrice >= 0";

  @TempDir private Path folder;

  @Test
  void daysAndCohortsEqualTheRawFiles() throws Exception {
    var shared = System.getProperty("clickmill.shared", "../../shared");
    var input = Path.of(shared, "data", "online-retail").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(input), "needs " + input);
    var local =
        new LocalWarehouse(folder)
            .set("mapreduce.task.io.sort.mb", 64)
            .set("clickmill.summary.tables", "daily_summary")
            .set("clickmill.customers.tables", "cohorts");
    local.importFiles(input, "online-retail");
    var tables = List.of("daily_summary", "cohorts");
    var entries = Suite.withInputs(tables, Suite.entries(local.configuration()));
    var report = new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(report.notReady()).isEmpty();

    try (var duck = new DuckDb()) {
      duck.defineRounding();
      duck.execute(
          "CREATE TABLE raw AS SELECT *, InvoiceDate::DATE AS day FROM read_csv('"
              + input
              + "/*.csv.gz', header = true, auto_detect = false, delim = ',', quote = '\"', escape ="
              + " '\"', columns = {InvoiceNo: 'VARCHAR', StockCode: 'VARCHAR', Description: 'VARCHAR',"
              + " Quantity: 'INTEGER', InvoiceDate: 'TIMESTAMP', UnitPrice: 'DECIMAL(18,4)',"
              + " CustomerID: 'VARCHAR', Country: 'VARCHAR'})");
      duck.execute(
          "CREATE TABLE firsts AS SELECT CustomerID, min(day) AS first_day FROM raw WHERE "
              + PURCHASE
              + " AND CustomerID IS NOT NULL GROUP BY CustomerID");
      compareDays(duck, local);
      compareCohorts(duck, local);
    }
  }

  private static void compareDays(DuckDb duck, LocalWarehouse local) throws SQLException {
    duck.assertSame(
        "daily_summary",
        "dt, events, views, visitors, customers, new_customers, returning_customers, orders, revenue,"
            + " average_order_value",
        "SELECT * REPLACE ("
            + DuckDb.scaled("revenue")
            + " AS revenue, "
            + DuckDb.scaled("average_order_value")
            + " AS average_order_value) FROM "
            + table(local, "daily_summary"),
        "SELECT *, customers - new_customers AS returning_customers FROM (SELECT day::VARCHAR AS dt,"
            + " count(*) AS events, 0 AS views, count(DISTINCT CustomerID) AS visitors,"
            + " count(DISTINCT CustomerID) FILTER ("
            + PURCHASE
            + ") AS customers, count(DISTINCT CustomerID) FILTER ("
            + PURCHASE
            + " AND first_day = day) AS new_customers, count(DISTINCT InvoiceNo) FILTER (Quantity > 0"
            + " AND UnitPrice > 0) AS orders, sum(Quantity * UnitPrice * 10000)::HUGEINT AS revenue,"
            + " half_even(coalesce(sum(Quantity * UnitPrice * 10000) FILTER (Quantity > 0 AND"
            + " UnitPrice > 0), 0)::HUGEINT, orders) AS average_order_value FROM raw LEFT JOIN firsts"
            + " USING (CustomerID) GROUP BY day)");
    assertThat(
            duck.rows(
                "SELECT sum(new_customers), sum(revenue) FROM " + table(local, "daily_summary")))
        .isEqualTo(List.of(List.of("4339", "9747747.9340")));
  }

  private static void compareCohorts(DuckDb duck, LocalWarehouse local) throws SQLException {
    duck.assertSame(
        "cohorts",
        "dt, cohort, months_since, customers, active_customers, orders, revenue, is_complete",
        "SELECT * REPLACE ("
            + DuckDb.scaled("revenue")
            + " AS revenue) FROM "
            + table(local, "cohorts"),
        "SELECT '"
            + LAST_DAY
            + "' AS dt, cohort, months_since, customers, count(DISTINCT CustomerID) FILTER ("
            + PURCHASE
            + ") AS active_customers, count(DISTINCT InvoiceNo) FILTER ("
            + PURCHASE
            + ") AS orders, sum(Quantity * UnitPrice * 10000)::HUGEINT AS revenue, max(month) <"
            + " '2011-12-01'::DATE AS is_complete FROM (SELECT *, date_trunc('month',"
            + " first_day)::DATE AS cohort, date_trunc('month', day)::DATE AS month,"
            + " datediff('month', first_day, day) AS months_since FROM raw JOIN firsts USING"
            + " (CustomerID) WHERE day >= first_day) JOIN (SELECT date_trunc('month',"
            + " first_day)::DATE AS cohort, count(*) AS customers FROM firsts GROUP BY ALL) USING"
            + " (cohort) GROUP BY cohort, months_since, customers");
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }
}
