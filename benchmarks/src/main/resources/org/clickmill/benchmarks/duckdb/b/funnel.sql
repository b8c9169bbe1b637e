-- Events of one time are in the order of type, product and session. There are no returns in this
-- data, and no session is longer than 24 hours. Times are whole milliseconds: much faster here than
-- timestamps and intervals.
CREATE TEMP TABLE session_events AS
SELECT
  *,
  sum(is_new) OVER (PARTITION BY visitor ORDER BY number ROWS UNBOUNDED PRECEDING) AS session
FROM (
  SELECT
    *,
    row_number() OVER content AS number,
    (time - lag(time, 1, time) OVER content > 1800000)::INTEGER AS is_new
  FROM (
    SELECT
      coalesce(visitor_id, user_id) AS visitor,
      epoch_ms(event_time) AS time,
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
CREATE TEMP TABLE sessions AS
SELECT *, list_min(list_filter(purchase_times, lambda x: x >= cart_time)) AS purchase_time
FROM (
  SELECT *, list_min(list_filter(cart_times, lambda x: x >= view_time)) AS cart_time
  FROM (
    SELECT
      visitor,
      session,
      arg_max(user_id, number) AS user_id,
      arg_min(user_session, number) AS user_session,
      min(time) AS start_time,
      max(time) AS end_time,
      count(*) AS events,
      count(*) FILTER (event_type = 'view') AS views,
      count(*) FILTER (event_type = 'cart') AS carts,
      count(*) FILTER (event_type = 'remove_from_cart') AS removes,
      count(*) FILTER (event_type = 'purchase') AS purchases,
      count(DISTINCT coalesce(order_id, user_session, number::VARCHAR))
        FILTER (event_type = 'purchase' AND price > 0 AND quantity > 0) AS orders,
      coalesce(sum(price * quantity) FILTER (event_type = 'purchase'), 0) AS revenue,
      min(time) FILTER (event_type = 'view') AS view_time,
      list(time) FILTER (event_type = 'cart') AS cart_times,
      list(time) FILTER (event_type = 'purchase' AND quantity > 0) AS purchase_times,
      arg_min(product_id, number) AS entry_product_id,
      arg_max(product_id, number) AS exit_product_id,
      arg_min(coalesce(brand, '(none)'), number) FILTER (event_type = 'view') AS brand,
      arg_min(coalesce(category_code, '(none)'), number) FILTER (event_type = 'view')
        AS category_code
    FROM session_events
    GROUP BY visitor, session
  )
);

CREATE TEMP TABLE complete_sessions AS
SELECT
  *,
  make_date((start_time // 86400000)::INTEGER) AS dt,
  end_time + 1800000 < (SELECT max(end_time) // 86400000 + 1 FROM sessions) * 86400000
    AS is_complete
FROM sessions;

COPY (
  SELECT
    dt,
    md5(visitor || ' ' || start_time) AS session_id,
    visitor,
    user_id,
    user_session,
    make_timestamp(start_time * 1000) AS start_time,
    make_timestamp(end_time * 1000) AS end_time,
    (end_time - start_time) // 1000 AS duration_seconds,
    events,
    views,
    carts,
    removes,
    purchases,
    orders,
    revenue,
    make_timestamp(view_time * 1000) AS view_time,
    make_timestamp(cart_time * 1000) AS cart_time,
    make_timestamp(purchase_time * 1000) AS purchase_time,
    events = 1 AS is_bounce,
    is_complete,
    false AS cut_at_24_hours,
    entry_product_id,
    exit_product_id
  FROM complete_sessions
) TO '${output}/sessions/0.parquet' (COMPRESSION zstd);

CREATE TEMP TABLE days AS
SELECT dt, bool_and(is_complete) AS mature
FROM complete_sessions
GROUP BY dt;

CREATE TEMP TABLE entered AS
SELECT
  dt,
  grouping(brand, category_code) AS kind,
  coalesce(brand, category_code) AS value,
  count(view_time) AS views,
  count(cart_time) AS carts,
  count(purchase_time) AS purchases,
  quantile_disc(cart_time - view_time, [0.5, 0.9]) AS cart_times,
  quantile_disc(purchase_time - cart_time, [0.5, 0.9]) AS purchase_times
FROM complete_sessions
WHERE view_time IS NOT NULL
GROUP BY GROUPING SETS ((dt), (dt, brand), (dt, category_code));

CREATE TEMP TABLE steps AS
SELECT
  dt,
  kind,
  'view_cart_purchase' AS funnel,
  value,
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
  SELECT dt, kind, value, views, 1 AS step, 'view' AS step_name, views AS sessions,
    NULL AS previous, NULL AS times
  FROM entered
  UNION ALL
  SELECT dt, kind, value, views, 2, 'cart', carts, views, cart_times FROM entered
  UNION ALL
  SELECT dt, kind, value, views, 3, 'purchase', purchases, carts, purchase_times FROM entered
)
JOIN days USING (dt);

COPY (SELECT * EXCLUDE (kind, value) FROM steps WHERE kind = 3)
TO '${output}/funnel/0.parquet' (COMPRESSION zstd);

COPY (SELECT * EXCLUDE (kind) FROM steps WHERE kind = 1)
TO '${output}/funnel_by_brand/0.parquet' (COMPRESSION zstd);

COPY (SELECT * EXCLUDE (kind) FROM steps WHERE kind = 2)
TO '${output}/funnel_by_category/0.parquet' (COMPRESSION zstd);

-- A sum that is never below 0 is the sum less its lowest value so far, if that is below 0.
CREATE TEMP TABLE remainders AS
SELECT visitor, session, sum(remainder) AS remainder, sum(remainder * price) AS value
FROM (
  SELECT
    visitor,
    session,
    arg_max(total, number) - least(0, min(total)) AS remainder,
    coalesce(arg_max(price, number) FILTER (event_type = 'cart'), 0) AS price
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

COPY (
  SELECT
    dt,
    count(*) AS sessions_with_cart,
    count(*) FILTER (bought) AS sessions_bought,
    count(*) FILTER (NOT bought AND remainder > 0) AS sessions_abandoned,
    count(*) FILTER (NOT bought AND remainder = 0) AS sessions_emptied,
    sessions_abandoned / sessions_with_cart AS abandonment_rate,
    coalesce(sum(value) FILTER (NOT bought), 0) AS abandoned_value,
    any_value(mature) AS mature
  FROM (
    SELECT
      dt,
      visitor,
      session,
      coalesce(list_max(purchase_times) >= list_min(cart_times), false) AS bought
    FROM complete_sessions
    WHERE carts > 0
  )
  JOIN remainders USING (visitor, session)
  JOIN days USING (dt)
  GROUP BY dt
) TO '${output}/cart_abandonment/0.parquet' (COMPRESSION zstd);
