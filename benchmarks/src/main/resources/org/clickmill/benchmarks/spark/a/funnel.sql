CREATE TEMPORARY VIEW sessions AS
SELECT
  min(time) AS start_time,
  max(time) AS end_time,
  min(time) FILTER (WHERE event_type = 'view') AS view_time,
  collect_list(time) FILTER (WHERE event_type = 'cart') AS carts,
  collect_list(time) FILTER (WHERE event_type = 'purchase') AS purchases
FROM (
  SELECT
    *,
    sum(is_new) OVER (PARTITION BY visitor ORDER BY time RANGE UNBOUNDED PRECEDING) AS session
  FROM (
    SELECT
      *,
      CAST(time - lag(time, 1, time) OVER (PARTITION BY visitor ORDER BY time) > 1800000 AS INT)
        AS is_new
    FROM (
      SELECT
        coalesce(visitor_id, user_id) AS visitor,
        event_type,
        unix_millis(event_time) AS time
      FROM events
    )
  )
)
GROUP BY visitor, session;

-- Nested: the first cart at or after the first view, the first purchase at or after that cart.
CACHE TABLE chains AS
SELECT
  start_time,
  end_time,
  view_time,
  cart_time,
  array_min(filter(purchases, x -> x >= cart_time)) AS purchase_time
FROM (
  SELECT *, array_min(filter(carts, x -> x >= view_time)) AS cart_time
  FROM sessions
);

CACHE TABLE days AS
SELECT
  CAST(timestamp_millis(start_time) AS DATE) AS dt,
  -- Incomplete are those that might go on after the last day.
  bool_and(end_time + 1800000 < (SELECT max(end_time) DIV 86400000 + 1 FROM chains) * 86400000)
    AS mature,
  count(view_time) AS views,
  count(cart_time) AS carts,
  count(purchase_time) AS purchases,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY cart_time - view_time) AS cart_median,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY cart_time - view_time) AS cart_p90,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY purchase_time - cart_time) AS purchase_median,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY purchase_time - cart_time) AS purchase_p90
FROM chains
GROUP BY 1
HAVING views > 0;

INSERT OVERWRITE DIRECTORY '${output}/funnel' USING parquet
SELECT
  dt,
  'view_cart_purchase' AS funnel,
  step,
  step_name,
  sessions,
  coalesce(previous - sessions, 0) AS drop_off,
  try_divide(sessions, previous) AS conversion_from_previous,
  sessions / views AS conversion_from_first,
  median / 1000 AS median_seconds_from_previous,
  p90 / 1000 AS p90_seconds_from_previous,
  mature
FROM (
  SELECT dt, mature, views, 1 AS step, 'view' AS step_name, views AS sessions,
    NULL AS previous, NULL AS median, NULL AS p90
  FROM days
  UNION ALL
  SELECT dt, mature, views, 2, 'cart', carts, views, cart_median, cart_p90 FROM days
  UNION ALL
  SELECT dt, mature, views, 3, 'purchase', purchases, carts, purchase_median, purchase_p90
  FROM days
);
