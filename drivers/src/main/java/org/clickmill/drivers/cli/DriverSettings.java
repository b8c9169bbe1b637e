package org.clickmill.drivers.cli;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;

/** The settings that the command line itself reads. */
public final class DriverSettings {
  private static final List<String> CONTAINER_ENVIRONMENTS =
      List.of("yarn.app.mapreduce.am.env", "mapreduce.map.env", "mapreduce.reduce.env");

  public static final ConfigKey<String> WAREHOUSE =
      ConfigKey.ofString(
          "clickmill.warehouse",
          null,
          "Root folder of the warehouse, a path or a URI. The option --warehouse and the"
              + " environment variable CLICKMILL_WAREHOUSE set it too, in this order of precedence:"
              + " option, -D, environment variable, clickmill-site.xml.");

  public static final ConfigKey<String> JAVA_HOME =
      ConfigKey.ofString(
          "clickmill.java-home",
          null,
          "JAVA_HOME of the application master and the tasks, where the cluster's own is older than"
              + " Java 17.");

  public static final ConfigKey<Integer> POLL_SECONDS =
      ConfigKey.ofInt(
          "clickmill.status.poll-seconds",
          30,
          1,
          3600,
          "How long status --wait waits between two looks at the hours of its day.");

  private DriverSettings() {}

  /** Hands the Java home on to the containers of the jobs. */
  static void applyJavaHome(Configuration configuration) {
    var javaHome = JAVA_HOME.get(configuration);
    if (javaHome != null) {
      for (var name : CONTAINER_ENVIRONMENTS) {
        configuration.set(name + ".JAVA_HOME", javaHome);
      }
    }
  }

  public static List<ConfigKey<?>> all() {
    return List.of(WAREHOUSE, JAVA_HOME, POLL_SECONDS);
  }
}
