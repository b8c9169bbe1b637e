package org.clickmill.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.theta.SetOperation;
import org.apache.datasketches.theta.Sketches;
import org.apache.datasketches.theta.Union;
import org.clickmill.formats.warehouse.Partition;
import org.clickmill.jobs.views.ViewCounts;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of every table, over dozens of random days, equals what SQL says of the same files. */
final class OracleTest {
  private static final int DAYS = 16;
  private static final int LIMIT = 3;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void tablesEqualTheAnswersOfSql(long seed) throws Exception {
    var input = folder.resolve("input");
    int events = new RandomDays(seed).write(input, DAYS);
    var random = new Random(seed);
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.top-products.limit", LIMIT)
            .set("clickmill.split.count", random.nextInt(5))
            .set("clickmill.reducers", random.nextInt(4));
    var outcome = local.importFiles(input, "clickmill");
    local.compactAndAnalyze();

    assertThat(outcome.written()).as("seed %d", seed).isEqualTo(events);
    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      compareViews(duck, local, "seed " + seed);
      for (var dimension : Dimension.values()) {
        for (var bucket : Bucket.values()) {
          compareSales(duck, local, dimension, bucket, "seed " + seed);
        }
      }
      compareSketches(duck, local, "seed " + seed);
    }
  }

  private static void compareViews(DuckDb duck, LocalWarehouse local, String seed)
      throws SQLException {
    var columns = "dt, hour_start, product_id, brand, category_code, views, visitors";
    duck.assertSame(
        "view_counts, " + seed,
        columns,
        "SELECT *, 0::BIGINT AS hour_start FROM " + table(local, "view_counts"),
        DuckDb.viewCounts(false));
    duck.assertSame(
        "view_counts_hourly, " + seed,
        columns,
        "SELECT * REPLACE (epoch_ms(hour_start) AS hour_start) FROM "
            + table(local, "view_counts_hourly"),
        DuckDb.viewCounts(true));
    duck.assertSame(
        "top_products, " + seed,
        "dt, rank, product_id, brand, category_code, views, visitors, share",
        "SELECT * FROM " + table(local, "top_products"),
        DuckDb.topProducts(LIMIT));
  }

  private static void compareSales(
      DuckDb duck, LocalWarehouse local, Dimension dimension, Bucket bucket, String seed)
      throws SQLException {
    var dataset = "sales" + bucket.suffix + dimension.suffix;
    var ours =
        "SELECT dt, order_lines, free_lines, lines_without_price, units_sold, units_returned,"
            + " orders, returns, customers, "
            + (bucket == Bucket.DAY ? "0::BIGINT" : "epoch_ms(bucket_start)")
            + " AS bucket_start, "
            + (dimension == Dimension.SHOP ? "''" : "value")
            + " AS value, "
            + (bucket.period == null ? "true" : "is_complete")
            + " AS is_complete, "
            + String.join(
                ", ",
                Arrays.stream(MONEY)
                    .map(column -> DuckDb.scaled(column) + " AS " + column)
                    .toList())
            + " FROM "
            + table(local, dataset);
    var last = RandomDays.FIRST.plusDays(DAYS - 1L);
    var complete =
        bucket.period == null
            ? "true"
            : "dt::DATE >= DATE '%s' AND dt::DATE + %s - INTERVAL 1 DAY <= DATE '%s'"
                .formatted(RandomDays.FIRST, bucket.period, last);
    var theirs =
        "SELECT *, "
            + complete
            + " AS is_complete FROM ("
            + DuckDb.sales(bucket.start, bucket.dt, dimension.value)
            + ")";
    duck.assertSame(
        dataset + ", " + seed,
        "dt, bucket_start, value, is_complete, order_lines, free_lines, lines_without_price,"
            + " units_sold, units_returned, orders, returns, customers, "
            + String.join(", ", MONEY),
        ours,
        theirs);
  }

  /** The union of a product's daily sketches counts its visitors of all days. */
  private static void compareSketches(DuckDb duck, LocalWarehouse local, String seed)
      throws Exception {
    var union = SetOperation.builder().setNominalEntries(4096).buildUnion();
    for (var partition : local.manifests(ViewCounts.DAILY).keySet()) {
      add(local, partition, union);
    }
    var expected =
        duck.rows(
            "SELECT count(DISTINCT visitor) FROM events"
                + " WHERE event_type = 'view' AND product_id IS NOT NULL");
    assertThat((long) union.getResult().getEstimate())
        .as(seed)
        .isEqualTo(Long.parseLong(expected.get(0).get(0)));
  }

  private static void add(LocalWarehouse local, Partition partition, Union union) throws Exception {
    var images = local.column(partition, "visitors_sketch");
    var visitors = local.column(partition, "visitors");
    for (int i = 0; i < images.size(); i++) {
      var sketch = Sketches.wrapSketch(Memory.wrap((byte[]) images.get(i)));
      assertThat((long) sketch.getEstimate()).isEqualTo(visitors.get(i));
      union.union(sketch);
    }
  }

  private static String table(LocalWarehouse local, String dataset) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(dataset));
  }

  private static final String[] MONEY = {
    "gross_revenue",
    "returned_revenue",
    "adjustments",
    "revenue",
    "average_price",
    "average_order_value",
    "minimum_price",
    "maximum_price"
  };

  private enum Dimension {
    SHOP("", "''"),
    CATEGORY("_by_category", "coalesce(category_code, '(none)')"),
    BRAND("_by_brand", "coalesce(brand, '(none)')"),
    PRODUCT("_by_product", "coalesce(product_id, '(none)')");

    private final String suffix;
    private final String value;

    Dimension(String suffix, String value) {
      this.suffix = suffix;
      this.value = value;
    }
  }

  private enum Bucket {
    DAY("", "0::BIGINT", "dt", null),
    HOUR("_hourly", "event_time // 3600000 * 3600000", "dt", null),
    MINUTE("_minutely", "event_time // 60000 * 60000", "dt", null),
    WEEK("_weekly", start("week"), partition("week"), "INTERVAL 7 DAY"),
    MONTH("_monthly", start("month"), partition("month"), "INTERVAL 1 MONTH");

    private final String suffix;
    private final String start;
    private final String dt;
    private final String period;

    Bucket(String suffix, String start, String dt, String period) {
      this.suffix = suffix;
      this.start = start;
      this.dt = dt;
      this.period = period;
    }

    private static String start(String period) {
      return "epoch_ms(date_trunc('" + period + "', dt::DATE)::TIMESTAMP)";
    }

    private static String partition(String period) {
      return "strftime(date_trunc('" + period + "', dt::DATE), '%Y-%m-%d')";
    }
  }
}
