package org.clickmill.drivers.observe;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;

/** The settings of metrics and lineage. */
public final class ObserveSettings {
  public static final ConfigKey<Path> METRICS_FILE =
      ConfigKey.ofLocalPath(
          "clickmill.metrics-file",
          "File on the local disk that metrics are written to after each command that runs"
              + " something, for the textfile collector of Prometheus' node exporter; its name ends"
              + " with .prom there. One file per warehouse.");

  public static final ConfigKey<Path> PUSHGATEWAY_AUTHORIZATION =
      ConfigKey.ofLocalPath(
          "clickmill.pushgateway.authorization-file",
          "Local file whose first line is sent to the Pushgateway as the HTTP header Authorization,"
              + " such as: Basic dXNlcjpwYXNzd29yZA==.");

  public static final ConfigKey<URI> PUSHGATEWAY =
      ConfigKey.ofUrl(
          "clickmill.pushgateway",
          "into the file of " + PUSHGATEWAY_AUTHORIZATION,
          "Address of a Prometheus Pushgateway that metrics are sent to after each command that runs"
              + " something, such as http://gateway:9091. One that does not answer is a warning.");

  public static final ConfigKey<String> INSTANCE =
      ConfigKey.ofString(
          "clickmill.pushgateway.instance",
          null,
          "The label instance of metrics in the Pushgateway (default: the warehouse's root folder).");

  public static final ConfigKey<Path> OPENLINEAGE_FILE =
      ConfigKey.ofLocalPath(
          "clickmill.openlineage.file",
          "File on the local disk that OpenLineage events of each run and step are appended to, one"
              + " JSON document per line.");

  public static final ConfigKey<Path> OPENLINEAGE_AUTHORIZATION =
      ConfigKey.ofLocalPath(
          "clickmill.openlineage.authorization-file",
          "Local file whose first line is sent with OpenLineage events as the HTTP header"
              + " Authorization, such as: Bearer KEY.");

  public static final ConfigKey<URI> OPENLINEAGE_URL =
      ConfigKey.ofUrl(
          "clickmill.openlineage.url",
          "into the file of " + OPENLINEAGE_AUTHORIZATION,
          "Address that OpenLineage events of each run and step are posted to, such as"
              + " http://marquez:5000/api/v1/lineage. One that does not answer is a warning.");

  public static final ConfigKey<String> OPENLINEAGE_NAMESPACE =
      ConfigKey.ofString(
          "clickmill.openlineage.namespace",
          null,
          "The namespace of jobs in OpenLineage events (default: the warehouse's root folder).");

  private ObserveSettings() {}

  static boolean wantsMetrics(Configuration configuration) {
    return METRICS_FILE.get(configuration) != null || PUSHGATEWAY.get(configuration) != null;
  }

  static boolean wantsLineage(Configuration configuration) {
    return OPENLINEAGE_FILE.get(configuration) != null
        || OPENLINEAGE_URL.get(configuration) != null;
  }

  public static List<ConfigKey<?>> all() {
    return List.of(
        METRICS_FILE,
        PUSHGATEWAY,
        PUSHGATEWAY_AUTHORIZATION,
        INSTANCE,
        OPENLINEAGE_URL,
        OPENLINEAGE_FILE,
        OPENLINEAGE_AUTHORIZATION,
        OPENLINEAGE_NAMESPACE);
  }
}
