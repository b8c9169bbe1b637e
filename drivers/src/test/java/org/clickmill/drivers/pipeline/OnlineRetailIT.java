package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.clickmill.formats.warehouse.Manifest.DataFile;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published figures of a real shop's year come out to the last digit; days, products and
 * cohorts equal what SQL says of the raw files.
 */
final class OnlineRetailIT {
  private static final String LAST_DAY = "2011-12-09";
  private static final String PURCHASE = "Quantity > 0 AND UnitPrice >= 0";

  @TempDir private Path folder;

  @Test
  void tablesAreAsPublishedAndEqualTheRawFiles() throws Exception {
    var shared = System.getProperty("clickmill.shared", "../../shared");
    var input = Path.of(shared, "data", "online-retail").toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(input), "needs " + input);
    var local =
        new LocalWarehouse(folder)
            .set("mapreduce.task.io.sort.mb", 64)
            .set("clickmill.summary.tables", "daily_summary,product_performance")
            .set("clickmill.customers.tables", "cohorts");
    var imported = local.importFiles(input, "online-retail");
    assertThat(imported.read()).isEqualTo(541_909);
    assertThat(imported.written()).isEqualTo(541_909);
    assertThat(imported.rejected()).isZero();
    var tables =
        List.of("daily_summary", "product_performance", "cohorts", "sales", "customers", "clv");
    var entries = Suite.withInputs(tables, Suite.entries(local.configuration()));
    var report = new Pipeline(local.run(), entries, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(report.notReady()).isEmpty();
    assertThat(report.steps()).flatExtracting(StepReport::warnings).isEmpty();
    assertThat(local.manifests("sales")).hasSize(374);
    assertThat(
            local.manifests("events_daily").values().stream()
                .mapToLong(manifest -> DataFile.records(manifest.files()))
                .sum())
        .isEqualTo(541_909);

    try (var duck = new DuckDb()) {
      assertSales(duck, local);
      assertCustomers(duck, local);
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
      compareProducts(duck, local);
      compareCohorts(duck, local);
    }
  }

  private static void assertSales(DuckDb duck, LocalWarehouse local) throws SQLException {
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
    var rows = duck.rows("SELECT " + String.join(", ", columns) + " FROM " + table(local, "sales"));
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

  /** What customers spent and what nobody in particular did is all there is. */
  private static void assertCustomers(DuckDb duck, LocalWarehouse local) throws SQLException {
    assertThat(
            duck.rows(
                "SELECT count(*), count(*) FILTER (gross_revenue > 0), sum(revenue) FROM "
                    + table(local, "customers")))
        .containsExactly(List.of("4372", "4338", "8300065.8140"));
    assertThat(
            duck.rows(
                "SELECT sum(price * quantity) FROM "
                    + table(local, "events_daily")
                    + " WHERE user_id IS NULL"))
        .containsExactly(List.of("1447682.1200"));
    assertThat(
            duck.rows(
                "SELECT count(*), count(*) FILTER (isfinite(probability_alive) AND"
                    + " probability_alive BETWEEN 0 AND 1 AND isfinite(expected_purchases) AND"
                    + " expected_purchases >= 0 AND isfinite(expected_value) AND expected_value >= 0"
                    + " AND isfinite(clv) AND clv >= 0) FROM "
                    + table(local, "clv")))
        .containsExactly(List.of("4339", "4339"));
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

  private static void compareProducts(DuckDb duck, LocalWarehouse local) throws SQLException {
    duck.execute(
        "CREATE TABLE sold AS SELECT day, StockCode, coalesce(sum(Quantity) FILTER (Quantity > 0 AND"
            + " UnitPrice > 0), 0)::BIGINT AS units, coalesce(-sum(Quantity) FILTER (Quantity < 0 AND"
            + " UnitPrice > 0), 0)::BIGINT AS returned, sum(Quantity * UnitPrice * 10000)::HUGEINT AS"
            + " revenue FROM raw GROUP BY day, StockCode");
    duck.execute(
        "CREATE TABLE products AS SELECT day::VARCHAR AS dt, StockCode AS product_id, 0 AS views,"
            + " coalesce(units, 0) AS units_sold, coalesce(returned, 0) AS units_returned,"
            + " returned::DOUBLE / nullif(units, 0)::DOUBLE AS return_rate, coalesce(revenue, 0) AS"
            + " revenue, if(day < '2010-12-07', NULL, coalesce(units_7d, 0)) AS units_7d, if(day <"
            + " '2010-12-28', NULL, coalesce(units_28d, 0)) AS units_28d, day - last_sale AS"
            + " days_since_last_sale FROM (SELECT *, sum(units) OVER (product ROWS BETWEEN 6 PRECEDING"
            + " AND CURRENT ROW)::BIGINT AS units_7d, sum(units) OVER (product ROWS BETWEEN 27"
            + " PRECEDING AND CURRENT ROW)::BIGINT AS units_28d, max(CASE WHEN units > 0 THEN day END)"
            + " OVER (product ROWS BETWEEN 28 PRECEDING AND CURRENT ROW) AS last_sale FROM (SELECT"
            + " unnest(generate_series(DATE '2010-12-01', DATE '"
            + LAST_DAY
            + "', INTERVAL 1 DAY))::DATE AS day) CROSS JOIN (SELECT DISTINCT StockCode FROM raw) LEFT"
            + " JOIN sold USING (day, StockCode) WINDOW product AS (PARTITION BY StockCode ORDER BY"
            + " day)) WHERE units IS NOT NULL OR last_sale IS NOT NULL");
    duck.assertSame(
        "product_performance",
        "dt, product_id, views, units_sold, units_returned, return_rate, revenue, units_7d, units_28d,"
            + " days_since_last_sale",
        "SELECT * REPLACE ("
            + DuckDb.scaled("revenue")
            + " AS revenue) FROM "
            + table(local, "product_performance"),
        "FROM products");
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
