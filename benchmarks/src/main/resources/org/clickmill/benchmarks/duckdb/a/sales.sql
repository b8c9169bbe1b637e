COPY (
  SELECT
    dt,
    count(*) FILTER (kind = 'sold') AS order_lines,
    count(*) FILTER (kind = 'free') AS free_lines,
    count(*) FILTER (kind = 'without price') AS lines_without_price,
    coalesce(sum(units) FILTER (kind = 'sold'), 0) AS units_sold,
    coalesce(sum(units) FILTER (kind = 'returned'), 0) AS units_returned,
    count(DISTINCT order_key) FILTER (kind = 'sold') AS orders,
    count(DISTINCT order_key) FILTER (kind = 'returned') AS returns,
    count(DISTINCT user_id) FILTER (kind = 'sold') AS customers,
    coalesce(sum(amount) FILTER (kind = 'sold'), 0) AS gross_revenue,
    -coalesce(sum(amount) FILTER (kind = 'returned'), 0) AS returned_revenue,
    coalesce(sum(amount) FILTER (kind = 'adjustment'), 0) AS adjustments,
    sum(amount) AS revenue,
    gross_revenue / nullif(units_sold, 0) AS average_price,
    gross_revenue / nullif(orders, 0) AS average_order_value,
    min(price) FILTER (kind = 'sold') AS minimum_price,
    max(price) FILTER (kind = 'sold') AS maximum_price
  FROM lines
  GROUP BY ALL
) TO '${output}/sales/0.parquet' (COMPRESSION zstd);

COPY (
  SELECT
    dt,
    coalesce(brand, '(none)') AS value,
    count(*) FILTER (kind = 'sold') AS order_lines,
    count(*) FILTER (kind = 'free') AS free_lines,
    count(*) FILTER (kind = 'without price') AS lines_without_price,
    coalesce(sum(units) FILTER (kind = 'sold'), 0) AS units_sold,
    coalesce(sum(units) FILTER (kind = 'returned'), 0) AS units_returned,
    count(DISTINCT order_key) FILTER (kind = 'sold') AS orders,
    count(DISTINCT order_key) FILTER (kind = 'returned') AS returns,
    count(DISTINCT user_id) FILTER (kind = 'sold') AS customers,
    coalesce(sum(amount) FILTER (kind = 'sold'), 0) AS gross_revenue,
    -coalesce(sum(amount) FILTER (kind = 'returned'), 0) AS returned_revenue,
    coalesce(sum(amount) FILTER (kind = 'adjustment'), 0) AS adjustments,
    sum(amount) AS revenue,
    gross_revenue / nullif(units_sold, 0) AS average_price,
    gross_revenue / nullif(orders, 0) AS average_order_value,
    min(price) FILTER (kind = 'sold') AS minimum_price,
    max(price) FILTER (kind = 'sold') AS maximum_price
  FROM lines
  GROUP BY ALL
) TO '${output}/sales_by_brand/0.parquet' (COMPRESSION zstd);
