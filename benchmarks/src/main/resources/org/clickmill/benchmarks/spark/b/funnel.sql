-- Events of one time are in the order of type, product and session. There are no returns in this
-- data, and no session is longer than 24 hours.
CREATE TEMPORARY VIEW session_events AS
SELECT
  *,
  sum(is_new) OVER (PARTITION BY visitor ORDER BY number ROWS UNBOUNDED PRECEDING) AS session
FROM (
  SELECT
    *,
    row_number() OVER content AS number,
    CAST(time - lag(time, 1, time) OVER content > 1800000 AS INT) AS is_new
  FROM (
    SELECT
      coalesce(visitor_id, user_id) AS visitor,
      unix_millis(event_time) AS time,
      event_type,
      product_id,
      category_code,
      brand,
      price,
      quantity,
      user_id,
      user_session,
      order_id
    FROM events
  )
  WINDOW content AS (
    PARTITION BY visitor
    ORDER BY time, event_type, product_id, user_session NULLS FIRST
  )
);

-- Nested: the first cart at or after the first view, the first purchase at or after that cart.
CREATE TEMPORARY VIEW sessions AS
SELECT *, array_min(filter(purchase_times, x -> x >= cart_time)) AS purchase_time
FROM (
  SELECT *, array_min(filter(cart_times, x -> x >= view_time)) AS cart_time
  FROM (
    SELECT
      visitor,
      session,
      max_by(user_id, number) AS user_id,
      min_by(user_session, number) FILTER (WHERE user_session IS NOT NULL) AS user_session,
      min(time) AS start_time,
      max(time) AS end_time,
      count(*) AS events,
      count(*) FILTER (WHERE event_type = 'view') AS views,
      count(*) FILTER (WHERE event_type = 'cart') AS carts,
      count(*) FILTER (WHERE event_type = 'remove_from_cart') AS removes,
      count(*) FILTER (WHERE event_type = 'purchase') AS purchases,
      size(collect_set(coalesce(order_id, user_session, CAST(number AS STRING)))
        FILTER (WHERE event_type = 'purchase' AND price > 0 AND quantity > 0)) AS orders,
      coalesce(sum(price * quantity) FILTER (WHERE event_type = 'purchase'), 0) AS revenue,
      min(time) FILTER (WHERE event_type = 'view') AS view_time,
      collect_list(time) FILTER (WHERE event_type = 'cart') AS cart_times,
      collect_list(time) FILTER (WHERE event_type = 'purchase' AND quantity > 0)
        AS purchase_times,
      min_by(product_id, number) AS entry_product_id,
      max_by(product_id, number) AS exit_product_id,
      min_by(coalesce(brand, '(none)'), number) FILTER (WHERE event_type = 'view') AS brand,
      min_by(coalesce(category_code, '(none)'), number) FILTER (WHERE event_type = 'view')
        AS category_code
    FROM session_events
    GROUP BY visitor, session
  )
);

CACHE TABLE cached_sessions AS SELECT * FROM sessions;

CREATE TEMPORARY VIEW complete_sessions AS
SELECT
  *,
  CAST(timestamp_millis(start_time) AS DATE) AS dt,
  end_time + 1800000 < (SELECT max(end_time) DIV 86400000 + 1 FROM cached_sessions) * 86400000
    AS is_complete
FROM cached_sessions;

INSERT OVERWRITE DIRECTORY '${output}/sessions' USING parquet
SELECT
  dt,
  md5(visitor || ' ' || start_time) AS session_id,
  visitor,
  user_id,
  user_session,
  timestamp_millis(start_time) AS start_time,
  timestamp_millis(end_time) AS end_time,
  (end_time - start_time) DIV 1000 AS duration_seconds,
  events,
  views,
  carts,
  removes,
  purchases,
  orders,
  revenue,
  timestamp_millis(view_time) AS view_time,
  timestamp_millis(cart_time) AS cart_time,
  timestamp_millis(purchase_time) AS purchase_time,
  events = 1 AS is_bounce,
  is_complete,
  false AS cut_at_24_hours,
  entry_product_id,
  exit_product_id
FROM complete_sessions;

CACHE TABLE days AS
SELECT dt, bool_and(is_complete) AS mature
FROM complete_sessions
GROUP BY dt;

CACHE TABLE entered AS
SELECT
  dt,
  grouping_id() AS kind,
  coalesce(brand, category_code) AS value,
  count(view_time) AS views,
  count(cart_time) AS carts,
  count(purchase_time) AS purchases,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY cart_time - view_time) AS cart_median,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY cart_time - view_time) AS cart_p90,
  percentile_disc(0.5) WITHIN GROUP (ORDER BY purchase_time - cart_time) AS purchase_median,
  percentile_disc(0.9) WITHIN GROUP (ORDER BY purchase_time - cart_time) AS purchase_p90
FROM complete_sessions
WHERE view_time IS NOT NULL
GROUP BY dt, brand, category_code GROUPING SETS ((dt), (dt, brand), (dt, category_code));

CACHE TABLE steps AS
SELECT
  dt,
  kind,
  'view_cart_purchase' AS funnel,
  value,
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
  SELECT dt, kind, value, views, 1 AS step, 'view' AS step_name, views AS sessions,
    NULL AS previous, NULL AS median, NULL AS p90
  FROM entered
  UNION ALL
  SELECT dt, kind, value, views, 2, 'cart', carts, views, cart_median, cart_p90 FROM entered
  UNION ALL
  SELECT dt, kind, value, views, 3, 'purchase', purchases, carts, purchase_median, purchase_p90
  FROM entered
)
JOIN days USING (dt);

INSERT OVERWRITE DIRECTORY '${output}/funnel' USING parquet
SELECT * EXCEPT (kind, value) FROM steps WHERE kind = 3;

INSERT OVERWRITE DIRECTORY '${output}/funnel_by_brand' USING parquet
SELECT * EXCEPT (kind) FROM steps WHERE kind = 1;

INSERT OVERWRITE DIRECTORY '${output}/funnel_by_category' USING parquet
SELECT * EXCEPT (kind) FROM steps WHERE kind = 2;

-- A sum that is never below 0 is the sum less its lowest value so far, if that is below 0.
CREATE TEMPORARY VIEW remainders AS
SELECT visitor, session, sum(remainder) AS remainder, sum(remainder * price) AS value
FROM (
  SELECT
    visitor,
    session,
    max_by(total, number) - least(0, min(total)) AS remainder,
    coalesce(max_by(price, number) FILTER (WHERE event_type = 'cart'), 0) AS price
  FROM (
    SELECT
      visitor,
      session,
      product_id,
      event_type,
      price,
      number,
      sum(CASE event_type WHEN 'cart' THEN quantity ELSE -quantity END) OVER (
        PARTITION BY visitor, session, product_id
        ORDER BY number
        ROWS UNBOUNDED PRECEDING
      ) AS total
    FROM session_events
    WHERE event_type IN ('cart', 'remove_from_cart')
  )
  GROUP BY visitor, session, product_id
)
GROUP BY visitor, session;

INSERT OVERWRITE DIRECTORY '${output}/cart_abandonment' USING parquet
SELECT
  dt,
  count(*) AS sessions_with_cart,
  count(*) FILTER (WHERE bought) AS sessions_bought,
  count(*) FILTER (WHERE NOT bought AND remainder > 0) AS sessions_abandoned,
  count(*) FILTER (WHERE NOT bought AND remainder = 0) AS sessions_emptied,
  sessions_abandoned / sessions_with_cart AS abandonment_rate,
  coalesce(sum(value) FILTER (WHERE NOT bought), 0) AS abandoned_value,
  any_value(mature) AS mature
FROM (
  SELECT
    dt,
    visitor,
    session,
    coalesce(array_max(purchase_times) >= array_min(cart_times), false) AS bought
  FROM complete_sessions
  WHERE carts > 0
)
JOIN remainders USING (visitor, session)
JOIN days USING (dt)
GROUP BY dt;
