-- A product's running sum of views on every day: a window is then the difference of two of them.
CACHE TABLE running AS
SELECT
  product_id,
  dt,
  sum(coalesce(views, 0)) OVER (PARTITION BY product_id ORDER BY dt ROWS UNBOUNDED PRECEDING)
    AS total
FROM (SELECT DISTINCT product_id FROM view_counts)
CROSS JOIN (
  SELECT explode(sequence(min(dt), max(dt), INTERVAL 1 DAY)) AS dt FROM view_counts
)
LEFT JOIN view_counts USING (product_id, dt);

INSERT OVERWRITE DIRECTORY '${output}/trending' USING parquet
SELECT
  dt,
  window_days,
  row_number() OVER (PARTITION BY dt, window_days ORDER BY score DESC, product_id) AS rank,
  product_id,
  views,
  views_before,
  views - views_before AS views_delta,
  views / nullif(views_before, 0) - 1 AS growth,
  views_before = 0 AS is_new,
  score
FROM (
  SELECT *, (views - views_before) / sqrt(views + views_before + 25) AS score
  FROM (
    SELECT
      dt,
      7 AS window_days,
      product_id,
      total - lag(total, 7, 0L) OVER product AS views,
      lag(total, 7, 0L) OVER product - lag(total, 14, 0L) OVER product AS views_before
    FROM running
    WINDOW product AS (PARTITION BY product_id ORDER BY dt)
    UNION ALL
    SELECT
      dt,
      28,
      product_id,
      total - lag(total, 28, 0L) OVER product,
      lag(total, 28, 0L) OVER product - lag(total, 56, 0L) OVER product
    FROM running
    WINDOW product AS (PARTITION BY product_id ORDER BY dt)
  )
  WHERE views > 0 OR views_before > 0
);
