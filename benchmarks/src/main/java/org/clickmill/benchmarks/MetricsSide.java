package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clickmill's {@code pipeline} of the default tables over compacted days, with metrics or without.
 *
 * @param name how it is called in results
 * @param metrics the folder of the metrics' files; null for none
 * @param stepsFile where the pipeline tells its steps
 */
record MetricsSide(
    String name,
    ClickmillCommand command,
    GeneratedWarehouse warehouse,
    Path metrics,
    Path stepsFile)
    implements PathSide {

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.forgetTables();
    Files.deleteIfExists(stepsFile);
  }

  /** There are no files to be imported: the whole and what comes after import are the same. */
  @Override
  public PathTime walk(Question question) throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "pipeline",
                "--warehouse",
                warehouse.root().toString(),
                "--report-json",
                stepsFile.toString()));
    if (metrics != null) {
      arguments.addAll(List.of("-D", "clickmill.metrics=" + metrics));
    }
    var whole = command.run(arguments);
    checkPublished();
    var steps = ClickmillPathSide.steps(stepsFile);
    return new PathTime(whole, whole, PathTime.withRest(whole.wallSeconds(), steps));
  }

  @Override
  public String relation(ComparedTable table) {
    return table.relation(warehouse.root());
  }

  /** A metric that is not there has cost nothing. */
  private void checkPublished() throws IOException {
    for (var name : metrics == null ? List.<String>of() : namesIn(metrics)) {
      if (!Files.isDirectory(warehouse.root().resolve(name))) {
        throw new BenchmarkException("Cannot find the metric %s in %s", name, warehouse.root());
      }
    }
  }

  /** The names of the metrics of a folder, which its files have, too. */
  static List<String> namesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".yaml"))
          .map(file -> file.substring(0, file.length() - ".yaml".length()))
          .sorted()
          .toList();
    }
  }
}
