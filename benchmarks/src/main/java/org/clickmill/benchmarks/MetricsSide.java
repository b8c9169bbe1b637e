package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Clickmill's {@code analyze} of compacted days, with metrics or without.
 *
 * @param name how it is called in results
 * @param metrics the folder of the metrics' files; null for none
 */
record MetricsSide(
    String name, ClickmillCommand command, GeneratedWarehouse warehouse, Path metrics)
    implements Side {

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    warehouse.forgetTables();
  }

  @Override
  public Measurement answer(Question question) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("analyze", "--warehouse", warehouse.root().toString()));
    if (metrics != null) {
      arguments.addAll(List.of("-D", "clickmill.metrics=" + metrics));
    }
    var scan = command.run(arguments);
    checkPublished();
    return scan;
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
