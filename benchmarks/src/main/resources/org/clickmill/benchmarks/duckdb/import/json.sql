-- JSON lines become one Parquet file in the order of time.
COPY (
  SELECT event_time::DATE AS dt, *
  FROM read_json(
    '${files}/*.json',
    format = 'newline_delimited',
    timestampformat = '%Y-%m-%d %H:%M:%S UTC',
    columns = {
      'event_time': 'TIMESTAMP', 'event_type': 'VARCHAR', 'product_id': 'VARCHAR',
      'category_id': 'VARCHAR', 'category_code': 'VARCHAR', 'brand': 'VARCHAR',
      'price': 'DECIMAL(18, 4)', 'user_id': 'VARCHAR', 'user_session': 'VARCHAR'
    })
  ORDER BY event_time
) TO '${output}/events_daily/0.parquet' (COMPRESSION zstd);
