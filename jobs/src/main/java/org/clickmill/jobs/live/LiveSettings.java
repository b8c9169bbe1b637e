package org.clickmill.jobs.live;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of the live tables. */
public final class LiveSettings {
  public static final ConfigKey<Integer> MEMORY_MB =
      ConfigKey.ofInt(
          "clickmill.live.memory-mb",
          64,
          1,
          100_000,
          "Megabytes of events that an update of the live tables sorts in memory; more are sorted on"
              + " the local disk.");

  private LiveSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(MEMORY_MB);
  }
}
