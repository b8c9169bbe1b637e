-- Histories, scores and segments: no model is fitted, and nothing is expected of anybody.
INSERT OVERWRITE DIRECTORY '${output}/clv' USING parquet
SELECT
  *,
  array(
    array('hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'),
    array('hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'),
    array('about_to_sleep', 'about_to_sleep', 'need_attention', 'loyal', 'loyal'),
    array('promising', 'potential_loyalists', 'potential_loyalists', 'loyal', 'loyal'),
    array('new', 'potential_loyalists', 'potential_loyalists', 'champions', 'champions')
  )[rfm_recency - 1][rfm_frequency - 1] AS segment
FROM (
  SELECT
    *,
    1 + 5 * (rank() OVER (ORDER BY days_since_last_purchase DESC) - 1) DIV count(*) OVER ()
      AS rfm_recency,
    1 + 5 * (rank() OVER (ORDER BY frequency) - 1) DIV count(*) OVER () AS rfm_frequency,
    1 + 5 * (rank() OVER (ORDER BY revenue) - 1) DIV count(*) OVER () AS rfm_monetary
  FROM (
    SELECT
      dt,
      user_id,
      purchase_days - 1 AS frequency,
      datediff(last_day, first_day) AS days_first_to_last_purchase,
      datediff(dt, first_day) AS age_days,
      datediff(dt, last_day) AS days_since_last_purchase,
      CAST(purchase_day_revenue - first_day_revenue AS DOUBLE) / nullif(purchase_days - 1, 0)
        AS monetary_value,
      revenue,
      orders
    FROM parquet.`${output}/customers`
    WHERE NOT returns_only
  )
);
