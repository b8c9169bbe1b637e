-- Averages are doubles in DuckDB and decimals in Clickmill. Everything else is exact.
SELECT
  count(*),
  count(*) FILTER (differs),
  min(dt || ': clickmill ' || ours || ', duckdb ' || theirs) FILTER (differs)
FROM (
  SELECT
    coalesce(a.dt, b.dt) AS dt,
    concat_ws(' ', a.order_lines, a.orders, a.customers, a.revenue) AS ours,
    concat_ws(' ', b.order_lines, b.orders, b.customers, b.revenue) AS theirs,
    row(
        a.order_lines,
        a.free_lines,
        a.lines_without_price,
        a.units_sold,
        a.units_returned,
        a.orders,
        a.returns,
        a.customers,
        a.gross_revenue,
        a.returned_revenue,
        a.adjustments,
        a.revenue,
        a.minimum_price,
        a.maximum_price)
      IS DISTINCT FROM row(
        b.order_lines,
        b.free_lines,
        b.lines_without_price,
        b.units_sold,
        b.units_returned,
        b.orders,
        b.returns,
        b.customers,
        b.gross_revenue,
        b.returned_revenue,
        b.adjustments,
        b.revenue,
        b.minimum_price,
        b.maximum_price)
      OR (a.average_price IS NULL) <> (b.average_price IS NULL)
      OR (a.average_order_value IS NULL) <> (b.average_order_value IS NULL)
      OR coalesce(abs(a.average_price - b.average_price) > 0.0001, false)
      OR coalesce(abs(a.average_order_value - b.average_order_value) > 0.0001, false) AS differs
  FROM read_parquet('${clickmill}/sales/*/*.parquet', hive_partitioning = true) a
  FULL JOIN '${duckdb}/sales.parquet' b USING (dt)
);

SELECT
  count(*),
  count(*) FILTER (differs),
  min(dt || ' ' || value || ': clickmill ' || ours || ', duckdb ' || theirs) FILTER (differs)
FROM (
  SELECT
    coalesce(a.dt, b.dt) AS dt,
    coalesce(a.value, b.value) AS value,
    concat_ws(' ', a.order_lines, a.orders, a.customers, a.revenue) AS ours,
    concat_ws(' ', b.order_lines, b.orders, b.customers, b.revenue) AS theirs,
    row(
        a.order_lines,
        a.free_lines,
        a.lines_without_price,
        a.units_sold,
        a.units_returned,
        a.orders,
        a.returns,
        a.customers,
        a.gross_revenue,
        a.returned_revenue,
        a.adjustments,
        a.revenue,
        a.minimum_price,
        a.maximum_price)
      IS DISTINCT FROM row(
        b.order_lines,
        b.free_lines,
        b.lines_without_price,
        b.units_sold,
        b.units_returned,
        b.orders,
        b.returns,
        b.customers,
        b.gross_revenue,
        b.returned_revenue,
        b.adjustments,
        b.revenue,
        b.minimum_price,
        b.maximum_price)
      OR (a.average_price IS NULL) <> (b.average_price IS NULL)
      OR (a.average_order_value IS NULL) <> (b.average_order_value IS NULL)
      OR coalesce(abs(a.average_price - b.average_price) > 0.0001, false)
      OR coalesce(abs(a.average_order_value - b.average_order_value) > 0.0001, false) AS differs
  FROM read_parquet('${clickmill}/sales_by_brand/*/*.parquet', hive_partitioning = true) a
  FULL JOIN '${duckdb}/sales_by_brand.parquet' b USING (dt, value)
)
