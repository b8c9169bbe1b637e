package org.clickmill.drivers.cli;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** Settings that can be given by an environment variable; an option or -D goes before it. */
public final class EnvironmentSettings {
  private EnvironmentSettings() {}

  public static void apply(Map<String, String> environment, Configuration configuration) {
    var warehouse = environment.get("CLICKMILL_WAREHOUSE");
    if (warehouse != null && !warehouse.isBlank()) {
      DriverSettings.WAREHOUSE.set(configuration, warehouse);
    }
  }
}
