-- The files become Parquet in the order of time, and everything else is made from that. They have no
-- quantity, no order and no visitor, which the other scripts ask for.
CREATE TEMPORARY VIEW csv_events (
  event_time TIMESTAMP, event_type STRING, product_id STRING, category_id STRING,
  category_code STRING, brand STRING, price DECIMAL(18, 4), user_id STRING, user_session STRING
) USING csv OPTIONS (
  path '${files}',
  pathGlobFilter '*.csv',
  header 'true',
  escape '"',
  timestampFormat "yyyy-MM-dd HH:mm:ss 'UTC'"
);

INSERT OVERWRITE DIRECTORY '${output}/events_daily' USING parquet
SELECT CAST(event_time AS DATE) AS dt, *
FROM csv_events
ORDER BY event_time;

CREATE TEMPORARY VIEW files USING parquet OPTIONS (path '${output}/events_daily');

CREATE TEMPORARY VIEW events AS
SELECT *, 1 AS quantity, CAST(NULL AS STRING) AS visitor_id, CAST(NULL AS STRING) AS order_id
FROM files;
