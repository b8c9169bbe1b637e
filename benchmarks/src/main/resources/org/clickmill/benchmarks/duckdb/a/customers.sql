-- An order counts once on each of its days.
COPY (
  SELECT
    (SELECT max(dt) FROM events) AS dt,
    user_id,
    sum(orders) AS orders,
    count(*) FILTER (purchase_lines > 0) AS purchase_days,
    min(dt) FILTER (purchase_lines > 0) AS first_day,
    max(dt) FILTER (purchase_lines > 0) AS last_day,
    sum(gross_revenue) AS gross_revenue,
    sum(revenue) AS revenue,
    coalesce(sum(revenue) FILTER (purchase_lines > 0), 0) AS purchase_day_revenue,
    coalesce(arg_min(revenue, dt) FILTER (purchase_lines > 0), 0) AS first_day_revenue,
    sum(purchase_lines) = 0 AS returns_only
  FROM (
    SELECT
      dt,
      user_id,
      count(DISTINCT order_key) FILTER (is_purchase) AS orders,
      count(*) FILTER (is_purchase) AS purchase_lines,
      coalesce(sum(amount) FILTER (kind = 'sold'), 0) AS gross_revenue,
      sum(amount) AS revenue
    FROM lines
    WHERE user_id IS NOT NULL
    GROUP BY dt, user_id
  )
  GROUP BY user_id
) TO '${output}/customers/0.parquet' (COMPRESSION zstd);
