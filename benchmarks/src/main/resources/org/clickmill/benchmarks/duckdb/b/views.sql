-- A product has one brand and category in this data, so the last of a day is any of them.
CREATE TEMP TABLE viewers AS
SELECT
  dt,
  epoch_ms(event_time) // 3600000 AS hour,
  product_id,
  coalesce(visitor_id, user_id) AS visitor,
  max(brand) AS brand,
  max(category_code) AS category_code,
  count(*) AS views
FROM events
WHERE event_type = 'view' AND product_id IS NOT NULL
GROUP BY ALL;

COPY (
  SELECT
    dt,
    make_timestamp(hour * 3600000000) AS hour_start,
    product_id,
    max(brand) AS brand,
    max(category_code) AS category_code,
    sum(views) AS views,
    count(visitor) AS visitors
  FROM viewers
  GROUP BY dt, hour, product_id
) TO '${output}/view_counts_hourly/0.parquet' (COMPRESSION zstd);

CREATE TEMP TABLE view_counts AS
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

COPY view_counts TO '${output}/view_counts/0.parquet' (COMPRESSION zstd);

COPY (
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
  QUALIFY rank <= 100
) TO '${output}/top_products/0.parquet' (COMPRESSION zstd);
