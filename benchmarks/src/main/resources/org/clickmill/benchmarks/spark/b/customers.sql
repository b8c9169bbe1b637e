CACHE TABLE customer_days AS
SELECT
  dt,
  user_id,
  count(DISTINCT order_key) FILTER (WHERE is_purchase) AS orders,
  count(*) FILTER (WHERE kind = 'sold') AS order_lines,
  count(*) FILTER (WHERE is_purchase) AS purchase_lines,
  coalesce(sum(amount) FILTER (WHERE kind = 'sold'), 0) AS gross_revenue,
  sum(amount) AS revenue,
  min(event_time) FILTER (WHERE is_purchase) AS first_time,
  max(event_time) FILTER (WHERE is_purchase) AS last_time
FROM lines
WHERE user_id IS NOT NULL
GROUP BY dt, user_id;

INSERT OVERWRITE DIRECTORY '${output}/customer_days' USING parquet
SELECT * FROM customer_days;

-- An order counts once on each of its days.
INSERT OVERWRITE DIRECTORY '${output}/customers' USING parquet
SELECT
  (SELECT max(dt) FROM events) AS dt,
  user_id,
  sum(orders) AS orders,
  count(*) FILTER (WHERE purchase_lines > 0) AS purchase_days,
  min(dt) FILTER (WHERE purchase_lines > 0) AS first_day,
  max(dt) FILTER (WHERE purchase_lines > 0) AS last_day,
  sum(gross_revenue) AS gross_revenue,
  sum(revenue) AS revenue,
  coalesce(sum(revenue) FILTER (WHERE purchase_lines > 0), 0) AS purchase_day_revenue,
  coalesce(min_by(revenue, dt) FILTER (WHERE purchase_lines > 0), 0) AS first_day_revenue,
  sum(purchase_lines) = 0 AS returns_only
FROM customer_days
GROUP BY user_id;
