CREATE TEMPORARY VIEW events USING parquet OPTIONS (path '${events}');
