CACHE TABLE view_counts AS
SELECT dt, product_id, count(*) AS views
FROM events
WHERE event_type = 'view' AND product_id IS NOT NULL
GROUP BY dt, product_id;

INSERT OVERWRITE DIRECTORY '${output}/view_counts' USING parquet
SELECT * FROM view_counts;

INSERT OVERWRITE DIRECTORY '${output}/top_products' USING parquet
SELECT * FROM (
  SELECT
    dt,
    row_number() OVER (PARTITION BY dt ORDER BY views DESC, product_id) AS rank,
    product_id,
    views,
    views / sum(views) OVER (PARTITION BY dt) AS share
  FROM view_counts
)
WHERE rank <= 100;
