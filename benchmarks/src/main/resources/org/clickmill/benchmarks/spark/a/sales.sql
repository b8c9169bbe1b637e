INSERT OVERWRITE DIRECTORY '${output}/sales' USING parquet
SELECT
  dt,
  count(*) FILTER (WHERE kind = 'sold') AS order_lines,
  count(*) FILTER (WHERE kind = 'free') AS free_lines,
  count(*) FILTER (WHERE kind = 'without price') AS lines_without_price,
  coalesce(sum(units) FILTER (WHERE kind = 'sold'), 0) AS units_sold,
  coalesce(sum(units) FILTER (WHERE kind = 'returned'), 0) AS units_returned,
  count(DISTINCT order_key) FILTER (WHERE kind = 'sold') AS orders,
  count(DISTINCT order_key) FILTER (WHERE kind = 'returned') AS returns,
  count(DISTINCT user_id) FILTER (WHERE kind = 'sold') AS customers,
  coalesce(sum(amount) FILTER (WHERE kind = 'sold'), 0) AS gross_revenue,
  -coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0) AS returned_revenue,
  coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS adjustments,
  sum(amount) AS revenue,
  try_divide(gross_revenue, units_sold) AS average_price,
  try_divide(gross_revenue, orders) AS average_order_value,
  min(price) FILTER (WHERE kind = 'sold') AS minimum_price,
  max(price) FILTER (WHERE kind = 'sold') AS maximum_price
FROM lines
GROUP BY dt;

INSERT OVERWRITE DIRECTORY '${output}/sales_by_brand' USING parquet
SELECT
  dt,
  coalesce(brand, '(none)') AS value,
  count(*) FILTER (WHERE kind = 'sold') AS order_lines,
  count(*) FILTER (WHERE kind = 'free') AS free_lines,
  count(*) FILTER (WHERE kind = 'without price') AS lines_without_price,
  coalesce(sum(units) FILTER (WHERE kind = 'sold'), 0) AS units_sold,
  coalesce(sum(units) FILTER (WHERE kind = 'returned'), 0) AS units_returned,
  count(DISTINCT order_key) FILTER (WHERE kind = 'sold') AS orders,
  count(DISTINCT order_key) FILTER (WHERE kind = 'returned') AS returns,
  count(DISTINCT user_id) FILTER (WHERE kind = 'sold') AS customers,
  coalesce(sum(amount) FILTER (WHERE kind = 'sold'), 0) AS gross_revenue,
  -coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0) AS returned_revenue,
  coalesce(sum(amount) FILTER (WHERE kind = 'adjustment'), 0) AS adjustments,
  sum(amount) AS revenue,
  try_divide(gross_revenue, units_sold) AS average_price,
  try_divide(gross_revenue, orders) AS average_order_value,
  min(price) FILTER (WHERE kind = 'sold') AS minimum_price,
  max(price) FILTER (WHERE kind = 'sold') AS maximum_price
FROM lines
GROUP BY dt, value;
