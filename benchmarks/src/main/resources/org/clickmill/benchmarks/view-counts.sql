COPY (
  SELECT
    dt,
    product_id,
    count(*) AS views,
    count(DISTINCT coalesce(visitor_id, user_id, user_session)) AS visitors
  FROM read_parquet('${events}/*/*.parquet', hive_partitioning = true)
  WHERE event_type = 'view' AND product_id IS NOT NULL
  GROUP BY ALL
) TO '${output}/view_counts.parquet' (FORMAT parquet, COMPRESSION zstd)
