CREATE TEMP TABLE daily_sales AS
SELECT 'shop' AS kind, '' AS value, dt, revenue, orders
FROM read_parquet('${output}/sales/0.parquet')
UNION ALL
SELECT 'category', value, dt, revenue, orders
FROM read_parquet('${output}/sales_by_category/0.parquet')
UNION ALL
SELECT 'brand', value, dt, revenue, orders
FROM read_parquet('${output}/sales_by_brand/0.parquet')
UNION ALL
SELECT 'product', value, dt, revenue, orders
FROM read_parquet('${output}/sales_by_product/0.parquet');

-- Every value on every day, so that a window is so many rows. Money is summed as decimals, and what
-- comes of it is cast to what stands in the files: sums have 38 digits.
CREATE TEMP TABLE trends AS
SELECT
  dt,
  kind,
  value,
  revenue::DECIMAL(18, 4) AS revenue,
  CASE WHEN day >= 6 THEN revenue_7d / 7 END AS revenue_average_7d,
  CASE WHEN day >= 27 THEN revenue_28d / 28 END AS revenue_average_28d,
  CASE WHEN day >= 7 THEN revenue_last_week::DECIMAL(18, 4) END AS revenue_same_day_last_week,
  orders,
  CASE WHEN day >= 6 THEN orders_7d / 7 END AS orders_average_7d,
  CASE WHEN day >= 27 THEN orders_28d / 28 END AS orders_average_28d
FROM (
  SELECT
    dt,
    kind,
    value,
    day,
    coalesce(revenue, 0) AS revenue,
    coalesce(orders, 0) AS orders,
    count(revenue) OVER last_28 AS known,
    coalesce(sum(revenue) OVER last_7, 0) AS revenue_7d,
    coalesce(sum(revenue) OVER last_28, 0) AS revenue_28d,
    coalesce(lag(revenue, 7) OVER past, 0) AS revenue_last_week,
    coalesce(sum(orders) OVER last_7, 0) AS orders_7d,
    coalesce(sum(orders) OVER last_28, 0) AS orders_28d
  FROM (SELECT DISTINCT kind, value FROM daily_sales)
  CROSS JOIN (
    SELECT unnest(generate_series(first, last, INTERVAL 1 DAY))::DATE AS dt, dt - first AS day
    FROM (SELECT min(dt) AS first, max(dt) AS last FROM events)
  )
  LEFT JOIN daily_sales USING (kind, value, dt)
  WINDOW
    past AS (PARTITION BY kind, value ORDER BY dt),
    last_7 AS (PARTITION BY kind, value ORDER BY dt ROWS 6 PRECEDING),
    last_28 AS (PARTITION BY kind, value ORDER BY dt ROWS 27 PRECEDING)
)
WHERE known > 0;

COPY (SELECT * EXCLUDE (kind, value) FROM trends WHERE kind = 'shop')
TO '${output}/sales_trend/0.parquet' (COMPRESSION zstd);

COPY (SELECT * EXCLUDE (kind) FROM trends WHERE kind = 'category')
TO '${output}/sales_trend_by_category/0.parquet' (COMPRESSION zstd);

COPY (SELECT * EXCLUDE (kind) FROM trends WHERE kind = 'brand')
TO '${output}/sales_trend_by_brand/0.parquet' (COMPRESSION zstd);

COPY (SELECT * EXCLUDE (kind) FROM trends WHERE kind = 'product')
TO '${output}/sales_trend_by_product/0.parquet' (COMPRESSION zstd);
