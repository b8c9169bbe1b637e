-- The files become one Parquet file in the order of time, and everything else is made from that. They
-- have no quantity, no order and no visitor, which the other scripts ask for.
COPY (
  SELECT event_time::DATE AS dt, *
  FROM read_csv(
    '${files}/*.csv*',
    auto_detect = false,
    header = true,
    delim = ',',
    quote = '"',
    escape = '"',
    nullstr = '',
    timestampformat = '%Y-%m-%d %H:%M:%S UTC',
    columns = {
      'event_time': 'TIMESTAMP', 'event_type': 'VARCHAR', 'product_id': 'VARCHAR',
      'category_id': 'VARCHAR', 'category_code': 'VARCHAR', 'brand': 'VARCHAR',
      'price': 'DECIMAL(18, 4)', 'user_id': 'VARCHAR', 'user_session': 'VARCHAR'
    })
  ORDER BY event_time
) TO '${output}/events_daily/0.parquet' (COMPRESSION zstd);

CREATE VIEW events AS
SELECT *, 1 AS quantity, NULL::VARCHAR AS visitor_id, NULL::VARCHAR AS order_id
FROM read_parquet('${output}/events_daily/0.parquet');
