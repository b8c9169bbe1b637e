package org.clickmill.drivers.cli;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings that the command line itself reads. */
public final class DriverSettings {
  public static final ConfigKey<String> WAREHOUSE =
      ConfigKey.ofString(
          "clickmill.warehouse",
          null,
          "Root folder of the warehouse, a path or a URI. The option --warehouse and the"
              + " environment variable CLICKMILL_WAREHOUSE set it too, in this order of precedence:"
              + " option, -D, environment variable, clickmill-site.xml.");

  private DriverSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(WAREHOUSE);
  }
}
