package org.clickmill.jobs.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.jobs.expression.DuckDbText;
import org.clickmill.jobs.expression.ValueType;
import org.clickmill.jobs.metrics.CompiledMetric.Key;
import org.clickmill.jobs.metrics.CompiledMetric.Ratio;

/**
 * A metric as DuckDB's SQL over the published files, with the columns of its table but for
 * sketches. Distinct values of theta are counted exactly, and quantiles are exact.
 *
 * @param input the dataset that is read
 * @param files the glob of a dataset's files
 */
record MetricSql(CompiledMetric metric, String input, Function<String, String> files) {
  private static final String NEXT = ",\n         ";

  private static final String LINES =
      """
      order_lines AS (
        SELECT *,
               CASE WHEN order_id IS NOT NULL THEN 'order:' || order_id
                    WHEN user_session IS NOT NULL THEN
                      'session:' || strlen(visitor) || ':' || visitor || ':' || user_session
                    ELSE 'line:' || coalesce(source_name, '') || ':'
                      || coalesce(CAST(source_partition AS VARCHAR), '') || ':'
                      || coalesce(CAST(source_offset AS VARCHAR), '') || ':'
                      || coalesce(CAST(source_item AS VARCHAR), '0') END AS order_key,
               CASE kind WHEN 'sold' THEN price * quantity
                         WHEN 'returned' THEN -price * quantity
                         WHEN 'adjustment' THEN price * signed
                         ELSE CAST(0 AS DECIMAL(18, 4)) END AS value
        FROM (SELECT * REPLACE (CAST(abs(quantity) AS BIGINT) AS quantity), quantity AS signed,
                     CASE WHEN price IS NULL THEN 'without_price'
                          WHEN price = 0 OR quantity = 0 THEN 'free'
                          WHEN price < 0 THEN 'adjustment'
                          WHEN event_type = 'return' OR quantity < 0 THEN 'returned'
                          ELSE 'sold' END AS kind
              FROM input WHERE event_type IN ('purchase', 'return')))""";

  String text() {
    var name = DuckDbText.name("measured");
    var sql = new StringBuilder(DuckDbText.MACROS).append("WITH input AS (\n").append(inputRows());
    boolean areLines = metric.from().equals(Metrics.ORDER_LINES);
    sql.append(")").append(areLines ? ",\n" + LINES : "").append(",\nmeasured AS (\n  SELECT ");
    var columns = new ArrayList<String>();
    columns.add("s.dt");
    metric.keys().forEach(key -> columns.add(as(DuckDbText.of(key.value()), key.column())));
    metric.measures().forEach(one -> columns.add(as(measure(one), one.column())));
    sql.append(String.join(NEXT, columns));
    sql.append("\n  FROM ").append(areLines ? "order_lines" : "input").append(" AS s");
    if (metric.where() != null) {
      sql.append("\n  WHERE ").append(DuckDbText.of(metric.where()));
    }
    sql.append("\n  GROUP BY ").append(ordinals()).append(")\nSELECT CAST(dt AS VARCHAR) AS dt");
    for (var column : metric.keys().stream().map(Key::column).toList()) {
      sql.append(", ").append(DuckDbText.name(column));
    }
    for (var measure : metric.measures()) {
      sql.append(", ").append(DuckDbText.name(measure.column()));
    }
    metric
        .ratios()
        .forEach(ratio -> sql.append(",\n       ").append(as(ratio(ratio), ratio.column())));
    sql.append("\nFROM ").append(name).append(top()).append("\nORDER BY ").append(ordinals());
    return sql.append(";\n").toString();
  }

  /** By day and keys. */
  private String ordinals() {
    return IntStream.rangeClosed(1, metric.keys().size() + 1)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private static String as(String expression, String column) {
    return expression + " AS " + DuckDbText.name(column);
  }

  /** The files with times that have no zone, and days that are dates. */
  private String inputRows() {
    var replaced = new ArrayList<String>();
    replaced.add("CAST(dt AS DATE) AS dt");
    for (var column : metric.sources().get().all()) {
      boolean isTime = column.type() == ValueType.TIME;
      if (isTime) {
        var name = DuckDbText.name(column.name());
        replaced.add("make_timestamp(epoch_us(" + name + ")) AS " + name);
      }
    }
    var visitor =
        input.equals(Datasets.EVENTS_DAILY)
            ? ", coalesce(visitor_id, user_id, user_session) AS visitor"
            : "";
    return "  SELECT * REPLACE ("
        + String.join(", ", replaced)
        + ")"
        + visitor
        + "\n  FROM read_parquet("
        + DuckDbText.text(files.apply(input))
        + ", hive_partitioning = true, hive_types_autocast = false, union_by_name = true)";
  }

  private static String measure(Measurement measure) {
    var argument = measure.argument() == null ? "*" : DuckDbText.of(measure.argument());
    var filter =
        measure.filter() == null ? "" : " FILTER (WHERE " + DuckDbText.of(measure.filter()) + ")";
    boolean isDecimal = measure.argument() != null && measure.type() == ValueType.DECIMAL;
    return switch (measure.kind()) {
      case COUNT -> "count(" + argument + ")" + filter;
      case SUM ->
          "CAST(sum("
              + argument
              + ")"
              + filter
              + (isDecimal ? " AS DECIMAL(18, 4))" : " AS BIGINT)");
      case MIN, MAX -> measure.kind().text() + "(" + argument + ")" + filter;
      case AVG ->
          isDecimal
              ? "clickmill_divide(sum("
                  + argument
                  + ")"
                  + filter
                  + ", count("
                  + argument
                  + ")"
                  + filter
                  + ")"
              : "avg(" + argument + ")" + filter;
      case DISTINCT -> "count(DISTINCT " + argument + ")" + filter;
      // A theta sketch does not take empty strings.
      case THETA ->
          "count(DISTINCT "
              + (measure.argument().type() == ValueType.STRING
                  ? "nullif(" + argument + ", '')"
                  : argument)
              + ")"
              + filter;
      case QUANTILE -> "quantile_disc(" + argument + ", " + measure.share() + ")" + filter;
    };
  }

  private static String ratio(Ratio ratio) {
    var dividend = DuckDbText.name(ratio.dividend().column());
    var divisor = DuckDbText.name(ratio.divisor().column());
    return ratio.type() == ValueType.DECIMAL
        ? "clickmill_divide(" + dividend + ", " + divisor + ")"
        : "CAST(" + dividend + " AS DOUBLE) / nullif(CAST(" + divisor + " AS DOUBLE), 0)";
  }

  private String top() {
    if (metric.top() == null) {
      return "";
    }
    List<String> ties =
        metric.keys().stream().map(key -> DuckDbText.name(key.column()) + " NULLS FIRST").toList();
    return "\nQUALIFY row_number() OVER (PARTITION BY dt ORDER BY "
        + DuckDbText.name(metric.top().column())
        + " DESC NULLS LAST"
        + ties.stream().map(tie -> ", " + tie).collect(Collectors.joining())
        + ") <= "
        + metric.top().limit();
  }
}
