-- What the last four weeks say of a user and a product.
CREATE TEMP TABLE ratings AS
SELECT
  user_id,
  product_id,
  sum(CASE event_type WHEN 'view' THEN 1 WHEN 'cart' THEN 3 ELSE 5 END)::FLOAT AS rating
FROM events
WHERE
  event_type IN ('view', 'cart', 'purchase')
  AND user_id IS NOT NULL
  AND product_id IS NOT NULL
  AND dt > (SELECT max(dt) FROM events) - 28
GROUP BY user_id, product_id;

CREATE TEMP TABLE users AS
SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS user_index
FROM (SELECT DISTINCT user_id FROM ratings);

CREATE TEMP TABLE products AS
SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product_index
FROM (SELECT DISTINCT product_id FROM ratings);

COPY (SELECT (SELECT max(dt) FROM events) AS dt, * FROM users)
TO '${output}/interactions_users/0.parquet' (COMPRESSION zstd);

COPY (SELECT (SELECT max(dt) FROM events) AS dt, * FROM products)
TO '${output}/interactions_products/0.parquet' (COMPRESSION zstd);

COPY (
  SELECT
    (SELECT max(dt) FROM events) AS dt,
    user_id,
    product_id,
    user_index,
    product_index,
    rating
  FROM ratings
  JOIN users USING (user_id)
  JOIN products USING (product_id)
) TO '${output}/interactions/0.parquet' (COMPRESSION zstd);
