package org.clickmill.drivers.checks;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of checks. */
public final class CheckSettings {
  static final String NONE = "none";
  static final String DEFAULT = "default";

  public static final ConfigKey<String> CHECKS =
      ConfigKey.ofString(
          "clickmill.checks",
          NONE,
          "The checks that partitions must pass before they are published: a YAML file, or default"
              + " for those that are built in, or none. What they find is the table data_quality.");

  private CheckSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(CHECKS);
  }
}
