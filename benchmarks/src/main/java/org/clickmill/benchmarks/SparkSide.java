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
 * @param folder where its script, log, temporary files and answers go
 */
record SparkSide(GeneratedWarehouse warehouse, Path module, Path folder, Machine machine)
    implements Side {

  @Override
  public String name() {
    return "Spark";
  }

  @Override
  public Map<String, String> versions() throws IOException {
    var name = "spark-sql_2.13-";
    return Map.of("Spark", Resources.versionOf(Resources.jar(libraries(), name), name));
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.discarded().take(folder);
    Files.createDirectories(folder.resolve("temporary"));
    Files.writeString(
        folder.resolve("spark.properties"),
        Resources.text("spark/spark.properties", settingPlaces()));
    Scripts.write("spark", question, warehouse.places(answers()), script());
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(MeasuredProcess.java());
    command.addAll(Resources.options("spark/java.options", settingPlaces()));
    command.addAll(
        List.of(
            "-cp",
            module.resolve("target/classes") + ":" + libraries() + "/*",
            "org.clickmill.benchmarks.spark.SparkProcess",
            folder.resolve("spark.properties").toString(),
            script().toString()));
    return MeasuredProcess.run(command, Map.of(), folder.resolve("spark.log"));
  }

  @Override
  public String relation(ComparedTable table) {
    return Scripts.relation(answers(), table);
  }

  private Map<String, ?> settingPlaces() {
    return Map.of(
        "cores",
        machine.cores(),
        "twice-the-cores",
        2 * machine.cores(),
        "heap",
        machine.halfOfMemory(),
        "temporary",
        folder.resolve("temporary"));
  }

  private Path libraries() {
    return module.resolve("target/lib");
  }

  private Path answers() {
    return folder.resolve("answers");
  }

  private Path script() {
    return folder.resolve("script.sql");
  }
}
