CREATE TEMPORARY VIEW daily_sales AS
SELECT 'shop' AS kind, '' AS value, dt, revenue, orders FROM parquet.`${output}/sales`
UNION ALL
SELECT 'category', value, dt, revenue, orders FROM parquet.`${output}/sales_by_category`
UNION ALL
SELECT 'brand', value, dt, revenue, orders FROM parquet.`${output}/sales_by_brand`
UNION ALL
SELECT 'product', value, dt, revenue, orders FROM parquet.`${output}/sales_by_product`;

-- Every value on every day, so that a window is so many rows. Money is summed as decimals, and what
-- comes of it is cast to what stands in the files: sums have 38 digits.
CACHE TABLE trends AS
SELECT
  dt,
  kind,
  value,
  CAST(revenue AS DECIMAL(18, 4)) AS revenue,
  CASE WHEN day >= 6 THEN CAST(revenue_7d AS DOUBLE) / 7 END AS revenue_average_7d,
  CASE WHEN day >= 27 THEN CAST(revenue_28d AS DOUBLE) / 28 END AS revenue_average_28d,
  CASE WHEN day >= 7 THEN CAST(revenue_last_week AS DECIMAL(18, 4)) END
    AS revenue_same_day_last_week,
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
    SELECT dt, datediff(dt, first) AS day
    FROM (SELECT min(dt) AS first, max(dt) AS last FROM events)
    LATERAL VIEW explode(sequence(first, last, INTERVAL 1 DAY)) AS dt
  )
  LEFT JOIN daily_sales USING (kind, value, dt)
  WINDOW
    past AS (PARTITION BY kind, value ORDER BY dt),
    last_7 AS (PARTITION BY kind, value ORDER BY dt ROWS 6 PRECEDING),
    last_28 AS (PARTITION BY kind, value ORDER BY dt ROWS 27 PRECEDING)
)
WHERE known > 0;

INSERT OVERWRITE DIRECTORY '${output}/sales_trend' USING parquet
SELECT * EXCEPT (kind, value) FROM trends WHERE kind = 'shop';

INSERT OVERWRITE DIRECTORY '${output}/sales_trend_by_category' USING parquet
SELECT * EXCEPT (kind) FROM trends WHERE kind = 'category';

INSERT OVERWRITE DIRECTORY '${output}/sales_trend_by_brand' USING parquet
SELECT * EXCEPT (kind) FROM trends WHERE kind = 'brand';

INSERT OVERWRITE DIRECTORY '${output}/sales_trend_by_product' USING parquet
SELECT * EXCEPT (kind) FROM trends WHERE kind = 'product';
