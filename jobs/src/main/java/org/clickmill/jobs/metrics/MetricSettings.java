package org.clickmill.jobs.metrics;

import java.time.ZoneId;
import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of metrics. */
public final class MetricSettings {
  public static final ConfigKey<List<String>> METRICS =
      ConfigKey.ofList(
          "clickmill.metrics",
          "none",
          List.of(),
          "Metrics, tables that are declared in YAML: their files, or folders of them, separated by"
              + " commas. Of a folder all files that end with .yaml or .yml are read.");

  public static final ConfigKey<Long> MAX_ROWS =
      ConfigKey.ofLong(
          "clickmill.metrics.max-rows",
          1_000_000,
          1,
          Long.MAX_VALUE - 1,
          "The most rows that a partition of a metric may have. One that would have more is not"
              + " published, and the command fails when all else is done: most often it is grouped"
              + " by something that has more values than was meant.");

  public static final ConfigKey<ZoneId> TIME_ZONE =
      ConfigKey.ofZone(
          "clickmill.time-zone",
          "UTC",
          "The time zone of the shop's clock, which metrics read times off (hour, hour_start, minute,"
              + " date, weekday, day, month and year) and in which the report shows hours and"
              + " weekdays. Partitions are days of UTC all the same.");

  private MetricSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(METRICS, MAX_ROWS, TIME_ZONE);
  }
}
