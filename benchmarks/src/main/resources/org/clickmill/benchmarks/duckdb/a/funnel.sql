-- Times are whole milliseconds: much faster here than timestamps and intervals.
CREATE TEMP TABLE sessions AS
SELECT
  min(time) AS start_time,
  max(time) AS end_time,
  min(time) FILTER (event_type = 'view') AS view_time,
  list(time) FILTER (event_type = 'cart') AS carts,
  list(time) FILTER (event_type = 'purchase') AS purchases
FROM (
  SELECT
    *,
    sum(is_new) OVER (PARTITION BY visitor ORDER BY time RANGE UNBOUNDED PRECEDING) AS session
  FROM (
    SELECT
      *,
      (time - lag(time, 1, time) OVER (PARTITION BY visitor ORDER BY time) > 1800000)::INTEGER
        AS is_new
    FROM (
      SELECT coalesce(visitor_id, user_id) AS visitor, event_type, epoch_ms(event_time) AS time
      FROM events
    )
  )
)
GROUP BY visitor, session;

-- Nested: the first cart at or after the first view, the first purchase at or after that cart.
CREATE TEMP TABLE days AS
SELECT
  make_date((start_time // 86400000)::INTEGER) AS dt,
  -- Incomplete are those that might go on after the last day.
  bool_and(end_time + 1800000 < (SELECT max(end_time) // 86400000 + 1 FROM sessions) * 86400000)
    AS mature,
  count(view_time) AS views,
  count(cart_time) AS carts,
  count(purchase_time) AS purchases,
  quantile_disc(cart_time - view_time, [0.5, 0.9]) AS cart_times,
  quantile_disc(purchase_time - cart_time, [0.5, 0.9]) AS purchase_times
FROM (
  SELECT *, list_min(list_filter(purchases, lambda x: x >= cart_time)) AS purchase_time
  FROM (
    SELECT *, list_min(list_filter(carts, lambda x: x >= view_time)) AS cart_time
    FROM sessions
  )
)
GROUP BY ALL
HAVING views > 0;

COPY (
  SELECT
    dt,
    'view_cart_purchase' AS funnel,
    step,
    step_name,
    sessions,
    coalesce(previous - sessions, 0) AS drop_off,
    sessions / nullif(previous, 0) AS conversion_from_previous,
    sessions / views AS conversion_from_first,
    times[1] / 1000 AS median_seconds_from_previous,
    times[2] / 1000 AS p90_seconds_from_previous,
    mature
  FROM (
    SELECT dt, mature, views, 1 AS step, 'view' AS step_name, views AS sessions,
      NULL AS previous, NULL AS times
    FROM days
    UNION ALL
    SELECT dt, mature, views, 2, 'cart', carts, views, cart_times FROM days
    UNION ALL
    SELECT dt, mature, views, 3, 'purchase', purchases, carts, purchase_times FROM days
  )
) TO '${output}/funnel/0.parquet' (COMPRESSION zstd);
