package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The launcher of this repository, always with the embedded Hadoop.
 *
 * @param home the repository's root folder
 * @param log where the output of its processes goes
 */
record ClickmillCommand(Path home, Path log) {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CLICKMILL_EMBEDDED", "1", "CLICKMILL_CONF_DIR", "", "CLICKMILL_WAREHOUSE", "");

  /**
   * @throws BenchmarkException if there is no launcher
   */
  static ClickmillCommand of(Path home, Path log) {
    var command = new ClickmillCommand(home.toAbsolutePath().normalize(), log);
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
    return MeasuredProcess.run(command, ENVIRONMENT, log);
  }

  String version() throws IOException, InterruptedException {
    run("--version");
    return Files.readString(log).replace("clickmill", "").strip();
  }

  /** The version in the name of the embedded Hadoop's jar. */
  String hadoopVersion() throws IOException {
    try (var jars = Files.newDirectoryStream(hadoop(), "hadoop-common-*.jar")) {
      for (var jar : jars) {
        var name = jar.getFileName().toString();
        return name.substring("hadoop-common-".length(), name.length() - ".jar".length());
      }
    }
    throw new BenchmarkException("Cannot find hadoop-common in %s", hadoop());
  }

  private Path hadoop() {
    return home.resolve("drivers/target/hadoop");
  }

  private Path launcher() {
    return home.resolve("clickmill");
  }
}
