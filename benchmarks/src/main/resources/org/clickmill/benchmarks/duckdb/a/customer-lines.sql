-- What customers are made from: no brand.
CREATE TEMP TABLE lines AS
SELECT
  dt,
  user_id,
  price,
  abs(quantity) AS units,
  CASE
    WHEN price IS NULL THEN 'without price'
    WHEN price = 0 OR quantity = 0 THEN 'free'
    WHEN price < 0 THEN 'adjustment'
    WHEN event_type = 'return' OR quantity < 0 THEN 'returned'
    ELSE 'sold'
  END AS kind,
  CASE kind
    WHEN 'adjustment' THEN price * quantity
    WHEN 'returned' THEN -price * abs(quantity)
    WHEN 'sold' THEN price * quantity
    ELSE 0
  END AS amount,
  event_type = 'purchase' AND quantity > 0 AND price >= 0 AS is_purchase,
  coalesce(order_id, user_id || user_session, uuid()::VARCHAR) AS order_key
FROM events
WHERE event_type IN ('purchase', 'return');
