package org.clickmill.drivers.expire;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of retention. */
public final class ExpireSettings {
  public static final ConfigKey<List<String>> DAYS =
      ConfigKey.ofList(
          "clickmill.expire",
          "none",
          List.of(),
          "For how many days the command expire leaves partitions of a dataset, as in"
              + " events=90d,sessions=400d. Datasets that are not named stay for good.");

  private ExpireSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(DAYS);
  }
}
