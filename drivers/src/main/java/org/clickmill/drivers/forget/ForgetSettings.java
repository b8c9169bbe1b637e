package org.clickmill.drivers.forget;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of erasure. */
public final class ForgetSettings {
  public static final ConfigKey<Integer> QUIET_MINUTES =
      ConfigKey.ofInt(
          "clickmill.forget.quiet-minutes",
          15,
          0,
          1_000_000,
          "Minutes without a sign of life after which forget takes another run for dead and deletes"
              + " what it has staged. A run that is at work gives one every five minutes.");

  static final ConfigKey<Integer> SLICE_MB =
      ConfigKey.ofInt(
          "clickmill.forget.slice-mb",
          32_768,
          1,
          1_000_000_000,
          "Megabytes of partitions that forget rewrites before it publishes them and goes on: as"
              + " much space as it needs besides.");

  private ForgetSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(QUIET_MINUTES, SLICE_MB);
  }
}
