package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Spark SQL on this machine, with as many threads as it has cores.
 *
 * @param module the folder of its module, where its class path has been built
 */
record Spark(Path module, Machine machine) implements SqlEngine {

  @Override
  public String name() {
    return "Spark";
  }

  @Override
  public String folder() {
    return "spark";
  }

  @Override
  public Map<String, String> versions() throws IOException {
    var jar = "spark-sql_2.13-";
    return Map.of(name(), Resources.versionOf(Resources.jar(libraries(), jar), jar));
  }

  @Override
  public Measurement run(List<Path> scripts, Path work, Path log)
      throws IOException, InterruptedException {
    return run("SparkProcess", scripts.stream().map(Path::toString).toList(), work, log);
  }

  /**
   * Runs a class of the module in a new process.
   *
   * @param arguments follow the file of settings
   * @param work a folder for settings and temporary files
   */
  Measurement run(String process, List<String> arguments, Path work, Path log)
      throws IOException, InterruptedException {
    var places =
        Map.of(
            "cores",
            machine.cores(),
            "twice-the-cores",
            2 * machine.cores(),
            "heap",
            machine.halfOfMemory(),
            "temporary",
            Files.createDirectories(work.resolve("temporary")));
    var properties = work.resolve("spark.properties");
    Files.writeString(properties, Resources.text("spark/spark.properties", places));
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("spark/java.options", places));
    command.addAll(
        List.of(
            "-cp",
            module.resolve("target/classes") + ":" + libraries() + "/*",
            "org.clickmill.benchmarks.spark." + process,
            properties.toString()));
    command.addAll(arguments);
    return MeasuredProcess.run(command, Map.of(), log);
  }

  private Path libraries() {
    return module.resolve("target/lib");
  }
}
