#!/usr/bin/env python3
"""Asks a warehouse's tables a few questions, with DuckDB.

    pip install duckdb
    python3 tables.py shop

Tables are Parquet files below the warehouse, one folder a day, so nothing is imported. To go on in
pandas or Polars, end a query with .df() or .pl() in place of .show().
"""

import sys

import duckdb

shop = sys.argv[1] if len(sys.argv) > 1 else "shop"
db = duckdb.connect()
for table in ("sales", "sales_by_product", "top_products", "view_counts"):
    db.execute(
        f"CREATE VIEW {table} AS "
        f"SELECT * FROM read_parquet('{shop}/{table}/*/*.parquet', hive_partitioning = true)"
    )

print("Revenue by week")
db.sql("""
    SELECT date_trunc('week', CAST(dt AS DATE)) AS week, sum(revenue) AS revenue, sum(orders) AS orders
    FROM sales
    GROUP BY week
    ORDER BY week
""").show()

print("Products that are viewed much and bought little")
db.sql("""
    SELECT v.product_id, sum(v.views) AS views, coalesce(sum(s.units_sold), 0) AS units
    FROM view_counts v
    LEFT JOIN sales_by_product s ON s.dt = v.dt AND s.value = v.product_id
    GROUP BY v.product_id
    ORDER BY units / sum(v.views), views DESC, v.product_id
    LIMIT 10
""").show()

print("How long products stay among the ten most viewed")
db.sql("""
    SELECT product_id, count(*) AS days, min(rank) AS best_rank, max(dt) AS last_day
    FROM top_products
    WHERE rank <= 10
    GROUP BY product_id
    ORDER BY days DESC, best_rank, product_id
    LIMIT 10
""").show()
