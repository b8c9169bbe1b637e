package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The launcher of this repository, always with the embedded Hadoop.
 *
 * @param home the repository's root folder
 * @param heap CLICKMILL_HEAP; empty for the launcher's own choice
 * @param log where the output of its processes goes
 */
record ClickmillCommand(Path home, String heap, Path log) {

  /**
   * @throws BenchmarkException if there is no launcher
   */
  static ClickmillCommand of(Path home, String heap, Path log) {
    var command = new ClickmillCommand(home.toAbsolutePath().normalize(), heap, log);
    if (!Files.isExecutable(command.launcher())) {
      throw new BenchmarkException("Cannot find the launcher %s", command.launcher());
    }
    return command;
  }

  Measurement run(String... arguments) throws IOException, InterruptedException {
    return run(List.of(arguments));
  }

  Measurement run(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(launcher().toString());
    command.addAll(arguments);
    var environment =
        Map.of(
            "CLICKMILL_EMBEDDED", "1",
            "CLICKMILL_CONF_DIR", "",
            "CLICKMILL_WAREHOUSE", "",
            "CLICKMILL_JAVA_OPTS", "",
            "CLICKMILL_HEAP", heap);
    return MeasuredProcess.run(command, environment, log);
  }

  /** The versions of Clickmill and of its Hadoop, by name. */
  Map<String, String> versions() throws IOException, InterruptedException {
    var versions = new LinkedHashMap<String, String>();
    versions.put("Clickmill", version());
    versions.put("Hadoop", hadoopVersion());
    return versions;
  }

  String version() throws IOException, InterruptedException {
    run("--version");
    return Files.readString(log).replace("clickmill", "").strip();
  }

  /** The version in the name of the embedded Hadoop's jar. */
  String hadoopVersion() throws IOException {
    var name = "hadoop-common-";
    return Resources.versionOf(Resources.jar(hadoop(), name), name);
  }

  /** The folder of the embedded Hadoop's jars. */
  Path hadoop() {
    return home.resolve("drivers/target/hadoop");
  }

  /** The folder of the jars of a Kafka broker. */
  Path kafka() {
    return home.resolve("testdata/kafka/target/lib");
  }

  /** The folder of this module. */
  Path benchmarks() {
    return home.resolve("benchmarks");
  }

  /** The job jar. */
  Path jar() {
    return home.resolve("drivers/target/clickmill.jar");
  }

  private Path launcher() {
    return home.resolve("clickmill");
  }
}
