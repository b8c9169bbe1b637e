-- Histories, scores and segments: no model is fitted, and nothing is expected of anybody.
COPY (
  SELECT
    *,
    [
      ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'],
      ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'],
      ['about_to_sleep', 'about_to_sleep', 'need_attention', 'loyal', 'loyal'],
      ['promising', 'potential_loyalists', 'potential_loyalists', 'loyal', 'loyal'],
      ['new', 'potential_loyalists', 'potential_loyalists', 'champions', 'champions']
    ][rfm_recency][rfm_frequency] AS segment
  FROM (
    SELECT
      *,
      1 + 5 * (rank() OVER (ORDER BY days_since_last_purchase DESC) - 1) // count(*) OVER ()
        AS rfm_recency,
      1 + 5 * (rank() OVER (ORDER BY frequency) - 1) // count(*) OVER () AS rfm_frequency,
      1 + 5 * (rank() OVER (ORDER BY revenue) - 1) // count(*) OVER () AS rfm_monetary
    FROM (
      SELECT
        dt,
        user_id,
        purchase_days - 1 AS frequency,
        last_day - first_day AS days_first_to_last_purchase,
        dt - first_day AS age_days,
        dt - last_day AS days_since_last_purchase,
        (purchase_day_revenue - first_day_revenue) / nullif(purchase_days - 1, 0) AS monetary_value,
        revenue,
        orders
      FROM read_parquet('${output}/customers/0.parquet')
      WHERE NOT returns_only
    )
  )
) TO '${output}/clv/0.parquet' (COMPRESSION zstd);
