-- DuckDB's defaults: all cores, 80 % of the memory.
CREATE VIEW events AS
SELECT * FROM read_parquet('${events}/*/*.parquet', hive_partitioning = true);
