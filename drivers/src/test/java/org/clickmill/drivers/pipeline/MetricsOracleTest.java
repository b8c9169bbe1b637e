package org.clickmill.drivers.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.clickmill.formats.table.TableSchema.Type;
import org.clickmill.jobs.DuckDb;
import org.clickmill.jobs.LocalWarehouse;
import org.clickmill.jobs.RandomVisits;
import org.clickmill.jobs.Seeds;
import org.clickmill.jobs.metrics.MetricAnalysis;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Metrics of all kinds over random days equal DuckDB: what {@code metrics sql} prints, and SQL that
 * was written for the test, over the source files.
 */
final class MetricsOracleTest {
  private static final int DAYS = 3;

  @TempDir private Path folder;

  static LongStream seeds() {
    return Seeds.sample(1);
  }

  /** Each metric, and where it is not null the same in SQL over events and lines. */
  private static Map<String, String> metrics() {
    var metrics = new LinkedHashMap<String, String>();
    metrics.put(
        """
        name: returns_by_brand
        description: What came back, by brand.
        from: order_lines
        where: kind = 'returned' and price >= 1
        by: {brand: brand, hour: hour(event_time)}
        measures:
          lines: count()
          units: sum(quantity)
          revenue: sum(value)
          customers: distinct(user_id)
          visitors: theta(visitor)
        ratios: {revenue_per_line: revenue / lines}
        top: {by: revenue, limit: 4}
        """,
        "SELECT *, half_even_any(revenue, lines) AS revenue_per_line FROM (SELECT dt, brand,"
            + " event_time // 3600000 % 24 AS hour, count(*) AS lines, sum(abs(quantity)) AS units,"
            + " -sum((price * 10000)::HUGEINT * abs(quantity)) AS revenue,"
            + " count(DISTINCT user_id) AS customers, count(DISTINCT visitor) AS visitors"
            + " FROM lines WHERE kind = 'returned' AND price >= 1 GROUP BY ALL)"
            + " QUALIFY row_number() OVER (PARTITION BY dt ORDER BY revenue DESC,"
            + " brand NULLS FIRST, hour) <= 4");
    metrics.put(
        """
        name: events_by_type
        description: Events by type, of anybody.
        from: events
        by: {event_type: event_type}
        measures:
          events: count()
          visitors: distinct(visitor)
          with_price: count(price)
          brands: theta(coalesce(brand, ''))
        """,
        "SELECT dt, event_type, count(*) AS events, count(DISTINCT visitor) AS visitors,"
            + " count(price) AS with_price, count(DISTINCT brand) AS brands FROM events"
            + " GROUP BY ALL");
    metrics.put(
        """
        name: prices
        description: Prices of views of the whole shop.
        from: events
        where: event_type = 'view'
        measures:
          least: min(price)
          most: max(price)
          mean: avg(price)
          mean_quantity: avg(quantity)
          total: sum(price * 1.5)
          latest: max(event_time)
        """,
        "SELECT dt, (min(price) * 10000)::HUGEINT AS least, (max(price) * 10000)::HUGEINT AS most,"
            + " half_even_any(sum((price * 10000)::HUGEINT), count(price)) AS mean,"
            + " avg(quantity) AS mean_quantity, sum((price * 15000)::HUGEINT) AS total,"
            + " max(event_time) AS latest FROM events WHERE event_type = 'view' GROUP BY ALL");
    metrics.put(
        """
        name: kinds
        description: Lines, orders and money by their kind.
        from: order_lines
        by: {kind: kind}
        measures: {lines: count(), orders: distinct(order_key), money: sum(value)}
        """,
        "SELECT dt, replace(kind, 'without', 'without_price') AS kind, count(*) AS lines,"
            + " count(DISTINCT order_key) AS orders, sum(CASE kind WHEN 'sold' THEN 1 WHEN"
            + " 'adjustment' THEN 1 WHEN 'returned' THEN -1 ELSE 0 END * coalesce((price *"
            + " 10000)::HUGEINT, 0) * CASE kind WHEN 'adjustment' THEN quantity ELSE abs(quantity)"
            + " END) AS money FROM lines GROUP BY ALL");
    metrics.put(
        """
        name: filtered
        description: Units sold and returned by product, and how many of each.
        from: order_lines
        where: not (product_id is null) and product_id in ('p0', 'p1', 'p2')
        by: {product: product_id, big: price > 2.5}
        measures:
          sold: sum(quantity) filter (where kind = 'sold')
          returned: sum(quantity) filter (where kind = 'returned')
          dear: count() filter (where price > 3 or user_id is null)
        ratios: {return_rate: returned / sold}
        """,
        "SELECT *, returned::DOUBLE / nullif(sold, 0) AS return_rate FROM (SELECT dt, product_id"
            + " AS product, price > 2.5 AS big, sum(abs(quantity)) FILTER (kind = 'sold')::BIGINT"
            + " AS sold, sum(abs(quantity)) FILTER (kind = 'returned')::BIGINT AS returned,"
            + " count(*) FILTER (price > 3 OR user_id IS NULL) AS dear FROM lines WHERE product_id"
            + " <= 'p2' GROUP BY ALL)");
    metrics.put(
        """
        name: quantiles
        description: Prices of brands by weekday.
        from: events
        by:
          brand: coalesce(brand, category_code, '(none)')
          weekday: weekday(event_time)
          day: date(event_time)
        measures: {median: 'quantile(price, 0.5)', high: 'quantile(price, 0.9)'}
        """,
        null);
    metrics.put(
        """
        name: arithmetic
        description: What numbers do.
        from: events
        where: quantity % 2 = 1 or price is null
        by: {sign: price < 0, minute: minute(event_time) - 30, start: hour_start(event_time)}
        measures:
          halves: sum(price / 2)
          thirds: sum(price / (quantity * 3))
          squares: sum(price * price)
          rounded: sum(decimal(price / 3.7))
          absolute: sum(abs(-price))
          least: min(double(price) / 7)
        """,
        null);
    metrics.put(
        """
        name: extremes
        description: The largest and the smallest of negative numbers.
        from: events
        by: {brand: brand}
        measures: {most: max(double(price) / -7), least: min(double(price) / -7)}
        """,
        "SELECT dt, brand, max(price::DOUBLE / -7) AS most, min(price::DOUBLE / -7) AS least FROM"
            + " events GROUP BY ALL");
    metrics.put(
        """
        name: best_mean
        description: The products with the highest mean price of returns, which not all have.
        from: order_lines
        by: {product: product_id}
        measures: {mean: avg(price) filter (where kind = 'returned')}
        top: {by: mean, limit: 4}
        """,
        null);
    metrics.put(
        """
        name: best_ratio
        description: The brands with the most revenue for a returned line, which not all have.
        from: order_lines
        by: {brand: brand}
        measures: {revenue: sum(value), returned: count() filter (where kind = 'returned')}
        ratios: {revenue_per_return: revenue / returned}
        top: {by: revenue_per_return, limit: 3}
        """,
        null);
    metrics.put(
        """
        name: ties_of_texts
        description: Groups of which none is larger, the first by strings of several lengths.
        from: events
        by:
          brand: coalesce(brand, 'aaa')
          product: coalesce(product_id, '')
          type: event_type
        measures: {none: count() filter (where quantity < -1000000)}
        top: {by: none, limit: 7}
        """,
        null);
    metrics.put(
        """
        name: ties_of_numbers
        description: Groups of which none is larger, the first by negative and positive numbers.
        from: events
        by: {sign: double(price - 2) / 3, brand: brand}
        measures: {none: count() filter (where quantity < -1000000)}
        top: {by: none, limit: 5}
        """,
        null);
    metrics.put(
        """
        name: unknown_conditions
        description: NULL in and, or, not, in and between.
        from: events
        where: not (brand = 'b0' and price > 2) or category_code <> 'c1'
        by: {brand: brand, category: category_code}
        measures:
          events: count()
          among: count() filter (where brand not in ('b1', 'x') or price not between 1 and 3)
          same: count() filter (where product_id < user_id)
          dated: count() filter (where event_time >= timestamp '2024-02-28 12:00:00')
          of_day: count() filter (where date(event_time) = date '2024-02-28')
        ratios: {share: among / events}
        """,
        null);
    metrics.put(
        """
        name: sessions_by_length
        description: Sessions by whether they bounced.
        from: sessions
        by: {is_bounce: is_bounce, bought: purchases > 0}
        measures:
          sessions: count()
          revenue: sum(revenue)
          longest: max(duration_seconds)
          first: min(start_time)
          people: distinct(visitor)
        ratios: {revenue_per_session: revenue / sessions}
        """,
        null);
    metrics.put(
        """
        name: best_products
        description: The products with the most views for their visitors.
        from: view_counts
        measures: {products: count(), views: sum(views), visitors: sum(visitors)}
        ratios: {views_per_visitor: views / visitors}
        """,
        "SELECT dt, count(*) AS products, sum(views) AS views, sum(visitors) AS visitors,"
            + " sum(views)::DOUBLE / sum(visitors) AS views_per_visitor FROM ("
            + DuckDb.viewCounts(false)
            + ") GROUP BY ALL");
    metrics.put(
        """
        name: of_a_metric
        description: Types of events that are seen often.
        from: events_by_type
        where: events >= 3
        by: {dt_of_rows: dt}
        measures: {types: count(), events: sum(events)}
        """,
        "SELECT dt, dt AS dt_of_rows, count(*) AS types, sum(events) AS events FROM (SELECT dt,"
            + " event_type, count(*) AS events FROM events GROUP BY ALL HAVING events >= 3)"
            + " GROUP BY ALL");
    metrics.put(
        """
        name: trend_steps
        description: Funnels by their steps.
        from: funnel
        where: conversion_from_first > 0.1
        by: {funnel: funnel, conversion: conversion_from_first}
        measures: {steps: count(), best: max(conversion_from_previous)}
        top: {by: best, limit: 2}
        """,
        null);
    return metrics;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void metricsEqualTheAnswersOfSql(long seed) throws Exception {
    var input = folder.resolve("input");
    var random = new Random(seed);
    for (var day : new RandomVisits(seed, DAYS).events().entrySet()) {
      RandomVisits.write(input, day.getKey().toString(), day.getValue());
    }
    var files = write(metrics());
    var local =
        new LocalWarehouse(folder)
            .set("clickmill.split.count", random.nextInt(4) * random.nextInt(4))
            .set("clickmill.reducers", random.nextInt(4))
            .set("clickmill.metrics", files);
    local.importFiles(input, "clickmill");
    var wanted = Suite.withInputs(metricNames(local), Suite.entries(local.configuration()));
    var report = new Pipeline(local.run(), wanted, PlanOptions.DEFAULT).run(DayRange.ALL);
    assertThat(report.notReady()).as("seed %d", seed).isEmpty();
    assertThat(report.refused()).as("seed %d", seed).isEmpty();

    try (var duck = new DuckDb()) {
      duck.readEvents(input);
      duck.dropRepeatedEventIds();
      duck.defineRounding();
      var metrics = Suite.metrics(local.configuration());
      var independent = metrics().entrySet().stream().toList();
      for (var metric : metrics) {
        compareWithPrinted(duck, local, metric, seed);
        for (var entry : independent) {
          if (entry.getValue() != null
              && entry.getKey().startsWith("name: " + metric.name() + "\n")) {
            compare(duck, local, metric, entry.getValue(), seed);
          }
        }
      }
    }
  }

  private Path write(Map<String, String> metrics) throws IOException {
    var files = Files.createDirectories(folder.resolve("metrics"));
    for (var yaml : metrics.keySet()) {
      var name = yaml.substring("name: ".length(), yaml.indexOf('\n'));
      Files.writeString(files.resolve(name + ".yaml"), yaml);
    }
    return files;
  }

  private static List<String> metricNames(LocalWarehouse local) {
    return Suite.metrics(local.configuration()).stream().map(MetricAnalysis::name).toList();
  }

  private static void compareWithPrinted(
      DuckDb duck, LocalWarehouse local, MetricAnalysis metric, long seed) throws SQLException {
    var sql = metric.sql(local::glob);
    int query = sql.indexOf("WITH input AS");
    duck.execute(sql.substring(0, query));
    duck.execute(
        "CREATE OR REPLACE TABLE printed AS " + sql.substring(query, sql.lastIndexOf(';')));
    var schema = metric.table().schema();
    var columns =
        schema.columns().stream()
            .filter(column -> column.type() != Type.BINARY)
            .map(
                column ->
                    switch (column.type()) {
                      case TIME -> "epoch_ms(" + column.name() + ") AS " + column.name();
                      default -> column.name();
                    })
            .collect(Collectors.joining(", "));
    if (metric.name().equals("quantiles")) {
      assertThat(
              duck.rows(
                  "SELECT * FROM printed FULL JOIN "
                      + table(local, metric)
                      + " AS t USING (dt, brand, weekday, day) WHERE"
                      + " NOT coalesce(abs(t.median - printed.median) <= 0.001 *"
                      + " abs(printed.median), t.median IS NULL AND printed.median IS NULL) OR"
                      + " NOT coalesce(abs(t.high - printed.high) <= 0.001 * abs(printed.high),"
                      + " t.high IS NULL AND printed.high IS NULL)"))
          .as("quantiles, seed %d", seed)
          .isEmpty();
      return;
    }
    duck.assertSame(
        metric.name() + " as printed, seed " + seed,
        "dt, " + columns,
        "SELECT * FROM " + table(local, metric),
        "SELECT * FROM printed");
  }

  /** Money as whole ten-thousandths, times as milliseconds. */
  private static void compare(
      DuckDb duck, LocalWarehouse local, MetricAnalysis metric, String expected, long seed)
      throws SQLException {
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    for (var column : metric.table().schema().columns()) {
      if (column.type() == Type.BINARY) {
        continue;
      }
      names.add(column.name());
      values.add(
          switch (column.type()) {
            case MONEY -> DuckDb.scaled(column.name()) + " AS " + column.name();
            case TIME -> "epoch_ms(" + column.name() + ") AS " + column.name();
            case DATE -> "CAST(" + column.name() + " AS VARCHAR) AS " + column.name();
            default -> column.name();
          });
    }
    duck.assertSame(
        metric.name() + ", seed " + seed,
        "dt, " + String.join(", ", names),
        "SELECT dt, " + String.join(", ", values) + " FROM " + table(local, metric),
        expected);
  }

  private static String table(LocalWarehouse local, MetricAnalysis metric) {
    return "read_parquet('%s', hive_partitioning = true, hive_types_autocast = false)"
        .formatted(local.glob(metric.name()));
  }
}
