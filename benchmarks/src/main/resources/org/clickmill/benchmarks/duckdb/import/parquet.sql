-- Parquet files become one in the order of time, with the columns that the other forms have.
COPY (
  SELECT
    event_time::DATE AS dt, event_time, event_type, product_id, category_id, category_code, brand,
    price, user_id, user_session
  FROM (
    SELECT * REPLACE (event_time AT TIME ZONE 'UTC' AS event_time)
    FROM read_parquet('${files}/*.parquet')
  )
  ORDER BY event_time
) TO '${output}/events_daily/0.parquet' (COMPRESSION zstd);
