package org.clickmill.jobs.load;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of the loader. */
public final class LoadSettings {
  public static final ConfigKey<Integer> ALLOWED_LATENESS =
      ConfigKey.ofInt(
          "clickmill.load.allowed-lateness-minutes",
          10,
          0,
          60 * 24 * 30,
          "How long after its end an hour waits for events before it is sealed; what comes after"
              + " that is late.");

  public static final ConfigKey<Integer> MAX_QUIET_HOURS =
      ConfigKey.ofInt(
          "clickmill.load.max-quiet-hours",
          48,
          0,
          24 * 365,
          "How many hours after the newest hour with an event are sealed without one; a longer"
              + " silence is taken for a broken source.");

  public static final ConfigKey<Integer> MAX_AGE_DAYS =
      ConfigKey.ofInt(
          "clickmill.load.max-age-days",
          30,
          1,
          365_000,
          "Events that are older when they are loaded go to the dataset rejects.");

  public static final ConfigKey<Integer> TASK_RECORDS =
      ConfigKey.ofInt(
          "clickmill.load.task-records",
          2_000_000,
          1,
          1_000_000_000,
          "Records that one map task of the loader is planned for; locally there are as many tasks"
              + " as slots, and fewer where there is little to do.");

  public static final ConfigKey<Integer> STALL_SECONDS =
      ConfigKey.ofInt(
          "clickmill.load.stall-seconds",
          60,
          1,
          3600,
          "How long a map task waits for a stalled partition before it fails.");

  public static final ConfigKey<Integer> CONNECT_SECONDS =
      ConfigKey.ofInt(
          "clickmill.load.connect-seconds",
          10,
          1,
          3600,
          "How long the loader tries to reach Kafka before it gives up.");

  public static final ConfigKey<Integer> FOLLOW_SECONDS =
      ConfigKey.ofInt(
          "clickmill.load.follow-seconds",
          60,
          1,
          86_400,
          "How long load --follow waits between two runs.");

  public static final ConfigKey<Integer> KEEP_COMMITS =
      ConfigKey.ofInt(
          "clickmill.load.keep-commits",
          10_000,
          1,
          1_000_000,
          "How many of the loader's commits are kept for people to look at; it needs the newest"
              + " one, and those of late events that wait, which stay.");

  private LoadSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(
        ALLOWED_LATENESS,
        MAX_QUIET_HOURS,
        MAX_AGE_DAYS,
        TASK_RECORDS,
        STALL_SECONDS,
        CONNECT_SECONDS,
        FOLLOW_SECONDS,
        KEEP_COMMITS);
  }
}
