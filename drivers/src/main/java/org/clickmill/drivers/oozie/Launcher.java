package org.clickmill.drivers.oozie;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.cli.EmbeddedHadoop;
import org.clickmill.drivers.cli.EnvironmentSettings;
import org.clickmill.formats.failure.ClickmillException;

/**
 * What Oozie's launcher tells the main class of a java action.
 *
 * @param workflow the id of the workflow
 * @param action the name of the action in it
 * @param actionConfiguration file with the configuration of the action
 * @param output file for the properties that the action returns
 * @param environment the variables of the process
 */
record Launcher(
    String workflow,
    String action,
    Path actionConfiguration,
    Path output,
    Map<String, String> environment) {
  private static final String CHILD_TAGS = "oozie.child.mapreduce.job.tags";
  private static final String TAGS = "mapreduce.job.tags";

  /**
   * Reads it from system properties and the environment.
   *
   * @throws ClickmillException of kind usage if this is no launcher
   */
  static Launcher of(UnaryOperator<String> properties, Map<String, String> environment) {
    var id = required("oozie.action.id", properties);
    return new Launcher(
        required("oozie.job.id", properties),
        // The id is that of the workflow, an @, and the name.
        id.substring(id.indexOf('@') + 1),
        Path.of(required("oozie.action.conf.xml", properties)),
        Path.of(required("oozie.action.output.properties", properties)),
        environment);
  }

  private static String required(String name, UnaryOperator<String> properties) {
    var value = properties.apply(name);
    if (value == null || value.isEmpty()) {
      throw ClickmillException.usage(
          "Missing system property: %s (this class is the main class of a java action, which"
              + " Oozie's launcher starts; outside of Oozie run the command itself)",
          name);
    }
    return value;
  }

  /** The configuration that a command has here before its own options. */
  Configuration configuration() {
    var configuration = EmbeddedHadoop.configuration();
    configuration.addResource(new org.apache.hadoop.fs.Path(actionConfiguration.toUri()));
    EnvironmentSettings.apply(environment, configuration);
    return configuration;
  }

  /** The file with the delegation tokens that Oozie has got for the action's user. */
  Optional<String> tokens() {
    return Optional.ofNullable(environment.get("HADOOP_TOKEN_FILE_LOCATION"))
        .filter(file -> !file.isEmpty());
  }

  /** The tags of the action's jobs: its own, and the one by which Oozie finds and kills them. */
  Optional<String> tags(Configuration configuration) {
    var child = configuration.get(CHILD_TAGS);
    if (child == null) {
      return Optional.empty();
    }
    var own = configuration.get(TAGS);
    return Optional.of(own == null || own.isEmpty() ? child : own + "," + child);
  }
}
