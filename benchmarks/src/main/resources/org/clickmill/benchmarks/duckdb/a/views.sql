CREATE TEMP TABLE view_counts AS
SELECT dt, product_id, count(*) AS views
FROM events
WHERE event_type = 'view' AND product_id IS NOT NULL
GROUP BY ALL;

COPY view_counts TO '${output}/view_counts/0.parquet' (COMPRESSION zstd);

COPY (
  SELECT
    dt,
    row_number() OVER (PARTITION BY dt ORDER BY views DESC, product_id) AS rank,
    product_id,
    views,
    views / sum(views) OVER (PARTITION BY dt) AS share
  FROM view_counts
  QUALIFY rank <= 100
) TO '${output}/top_products/0.parquet' (COMPRESSION zstd);
