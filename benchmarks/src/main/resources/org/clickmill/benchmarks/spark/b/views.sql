-- A product has one brand and category in this data, so the last of a day is any of them.
CACHE TABLE viewers AS
SELECT
  dt,
  date_trunc('HOUR', event_time) AS hour_start,
  product_id,
  coalesce(visitor_id, user_id) AS visitor,
  max(brand) AS brand,
  max(category_code) AS category_code,
  count(*) AS views
FROM events
WHERE event_type = 'view' AND product_id IS NOT NULL
GROUP BY 1, 2, 3, 4;

INSERT OVERWRITE DIRECTORY '${output}/view_counts_hourly' USING parquet
SELECT
  dt,
  hour_start,
  product_id,
  max(brand) AS brand,
  max(category_code) AS category_code,
  sum(views) AS views,
  count(visitor) AS visitors
FROM viewers
GROUP BY dt, hour_start, product_id;

CACHE TABLE view_counts AS
SELECT
  dt,
  product_id,
  max(brand) AS brand,
  max(category_code) AS category_code,
  sum(views) AS views,
  count(visitor) AS visitors
FROM (
  SELECT
    dt,
    product_id,
    visitor,
    max(brand) AS brand,
    max(category_code) AS category_code,
    sum(views) AS views
  FROM viewers
  GROUP BY dt, product_id, visitor
)
GROUP BY dt, product_id;

INSERT OVERWRITE DIRECTORY '${output}/view_counts' USING parquet
SELECT * FROM view_counts;

INSERT OVERWRITE DIRECTORY '${output}/top_products' USING parquet
SELECT * FROM (
  SELECT
    dt,
    row_number() OVER (PARTITION BY dt ORDER BY views DESC, product_id) AS rank,
    product_id,
    brand,
    category_code,
    views,
    visitors,
    views / sum(views) OVER (PARTITION BY dt) AS share
  FROM view_counts
)
WHERE rank <= 100;
