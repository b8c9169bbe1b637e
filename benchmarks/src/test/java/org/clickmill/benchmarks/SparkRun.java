package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Spark SQL in a process of its own, as the benchmarks run it. */
final class SparkRun {
  private SparkRun() {}

  /**
   * Executes statements.
   *
   * @param folder for settings, the log and temporary files
   * @param heap of the process, such as {@code 1g}
   */
  static void execute(Path folder, String heap, String statements)
      throws IOException, InterruptedException {
    execute(folder, heap, Map.of(), statements);
  }

  /**
   * Executes statements with more settings.
   *
   * @param more settings of Spark by their names
   */
  static void execute(Path folder, String heap, Map<String, String> more, String statements)
      throws IOException, InterruptedException {
    var places = new TreeMap<String, Object>(Map.of("heap", heap, "cores", 2));
    places.put("twice-the-cores", 4);
    places.put("temporary", Files.createDirectories(folder.resolve("temporary")));
    var settings = folder.resolve("spark.properties");
    var text = new StringBuilder(Resources.text("spark/spark.properties", places));
    more.forEach((name, value) -> text.append('\n').append(name).append('=').append(value));
    Files.writeString(settings, text);
    var script = Files.writeString(folder.resolve("script.sql"), statements);
    var module = Path.of(System.getProperty("clickmill.home"), "benchmarks", "spark", "target");
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("spark/java.options", places));
    command.addAll(
        List.of(
            "-cp",
            module.resolve("classes") + ":" + module.resolve("lib") + "/*",
            "org.clickmill.benchmarks.spark.SparkProcess",
            settings.toString(),
            script.toString()));
    MeasuredProcess.run(command, Map.of(), folder.resolve("spark.log"));
  }
}
