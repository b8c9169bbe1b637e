-- What the last four weeks say of a user and a product.
CACHE TABLE ratings AS
SELECT
  user_id,
  product_id,
  CAST(sum(CASE event_type WHEN 'view' THEN 1 WHEN 'cart' THEN 3 ELSE 5 END) AS FLOAT) AS rating
FROM events
WHERE
  event_type IN ('view', 'cart', 'purchase')
  AND user_id IS NOT NULL
  AND product_id IS NOT NULL
  AND dt > (SELECT date_sub(max(dt), 28) FROM events)
GROUP BY user_id, product_id;

CACHE TABLE users AS
SELECT user_id, row_number() OVER (ORDER BY user_id) - 1 AS user_index
FROM (SELECT DISTINCT user_id FROM ratings);

CACHE TABLE products AS
SELECT product_id, row_number() OVER (ORDER BY product_id) - 1 AS product_index
FROM (SELECT DISTINCT product_id FROM ratings);

INSERT OVERWRITE DIRECTORY '${output}/interactions_users' USING parquet
SELECT (SELECT max(dt) FROM events) AS dt, * FROM users;

INSERT OVERWRITE DIRECTORY '${output}/interactions_products' USING parquet
SELECT (SELECT max(dt) FROM events) AS dt, * FROM products;

INSERT OVERWRITE DIRECTORY '${output}/interactions' USING parquet
SELECT
  (SELECT max(dt) FROM events) AS dt,
  user_id,
  product_id,
  user_index,
  product_index,
  rating
FROM ratings
JOIN users USING (user_id)
JOIN products USING (product_id);
