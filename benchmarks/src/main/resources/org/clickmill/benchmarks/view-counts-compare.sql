-- Clickmill's visitors are exact below 4,096, and then estimated with a standard error of 1.6 %.
SELECT
  count(*),
  count(*) FILTER (differs),
  min(dt || ' ' || product_id || ': ' || counts) FILTER (differs)
FROM (
  SELECT
    coalesce(a.dt, b.dt) AS dt,
    coalesce(a.product_id, b.product_id) AS product_id,
    concat_ws(' ', 'clickmill', a.views, a.visitors, 'duckdb', b.views, b.visitors) AS counts,
    a.views IS DISTINCT FROM b.views
      OR CASE
        WHEN b.visitors < 4096 THEN a.visitors IS DISTINCT FROM b.visitors
        ELSE abs(a.visitors - b.visitors) > 0.08 * b.visitors
      END AS differs
  FROM read_parquet('${clickmill}/view_counts/*/*.parquet', hive_partitioning = true) a
  FULL JOIN '${duckdb}/view_counts.parquet' b USING (dt, product_id)
)
