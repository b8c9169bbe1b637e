CREATE TEMPORARY VIEW hours USING avro OPTIONS (path '${hours}');

CREATE TABLE events_daily USING parquet PARTITIONED BY (dt) LOCATION '${output}/events_daily' AS
SELECT * EXCEPT (dt, hr), dt
FROM hours
DISTRIBUTE BY dt
SORT BY dt, coalesce(visitor_id, user_id, user_session), event_time;
