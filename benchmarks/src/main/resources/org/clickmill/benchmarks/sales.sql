CREATE TEMP TABLE lines AS
SELECT
  dt,
  coalesce(brand, '(none)') AS brand,
  user_id,
  price,
  abs(quantity) AS units,
  price * quantity AS signed_value,
  price * abs(quantity) AS line_value,
  CASE
    WHEN price IS NULL THEN 'without price'
    WHEN price = 0 OR quantity = 0 THEN 'free'
    WHEN price < 0 THEN 'adjustment'
    WHEN event_type = 'return' OR quantity < 0 THEN 'returned'
    ELSE 'sold'
  END AS kind,
  CASE
    WHEN order_id IS NOT NULL THEN 'o' || order_id
    WHEN user_session IS NOT NULL
      THEN 's' || user_session || ' ' || coalesce(visitor_id, user_id, user_session)
    ELSE 'e' || row_number() OVER ()
  END AS purchase_order
FROM read_parquet('${events}/*/*.parquet', hive_partitioning = true)
WHERE event_type IN ('purchase', 'return');

COPY (
  SELECT
    dt,
    count(*) FILTER (kind = 'sold') AS order_lines,
    count(*) FILTER (kind = 'free') AS free_lines,
    count(*) FILTER (kind = 'without price') AS lines_without_price,
    coalesce(sum(units) FILTER (kind = 'sold'), 0) AS units_sold,
    coalesce(sum(units) FILTER (kind = 'returned'), 0) AS units_returned,
    count(DISTINCT purchase_order) FILTER (kind = 'sold') AS orders,
    count(DISTINCT purchase_order) FILTER (kind = 'returned') AS returns,
    count(DISTINCT user_id) FILTER (kind = 'sold') AS customers,
    coalesce(sum(line_value) FILTER (kind = 'sold'), 0) AS gross_revenue,
    coalesce(sum(line_value) FILTER (kind = 'returned'), 0) AS returned_revenue,
    coalesce(sum(signed_value) FILTER (kind = 'adjustment'), 0) AS adjustments,
    gross_revenue - returned_revenue + adjustments AS revenue,
    gross_revenue / nullif(units_sold, 0) AS average_price,
    gross_revenue / nullif(orders, 0) AS average_order_value,
    min(price) FILTER (kind = 'sold') AS minimum_price,
    max(price) FILTER (kind = 'sold') AS maximum_price
  FROM lines
  GROUP BY ALL
) TO '${output}/sales.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
  SELECT
    dt,
    brand AS value,
    count(*) FILTER (kind = 'sold') AS order_lines,
    count(*) FILTER (kind = 'free') AS free_lines,
    count(*) FILTER (kind = 'without price') AS lines_without_price,
    coalesce(sum(units) FILTER (kind = 'sold'), 0) AS units_sold,
    coalesce(sum(units) FILTER (kind = 'returned'), 0) AS units_returned,
    count(DISTINCT purchase_order) FILTER (kind = 'sold') AS orders,
    count(DISTINCT purchase_order) FILTER (kind = 'returned') AS returns,
    count(DISTINCT user_id) FILTER (kind = 'sold') AS customers,
    coalesce(sum(line_value) FILTER (kind = 'sold'), 0) AS gross_revenue,
    coalesce(sum(line_value) FILTER (kind = 'returned'), 0) AS returned_revenue,
    coalesce(sum(signed_value) FILTER (kind = 'adjustment'), 0) AS adjustments,
    gross_revenue - returned_revenue + adjustments AS revenue,
    gross_revenue / nullif(units_sold, 0) AS average_price,
    gross_revenue / nullif(orders, 0) AS average_order_value,
    min(price) FILTER (kind = 'sold') AS minimum_price,
    max(price) FILTER (kind = 'sold') AS maximum_price
  FROM lines
  GROUP BY ALL
) TO '${output}/sales_by_brand.parquet' (FORMAT parquet, COMPRESSION zstd)
