package org.clickmill.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.clickmill.benchmarks.PathTime.Step;

/**
 * Clickmill as a user runs it: {@code import}, {@code pipeline}, whose first step is compact, and
 * {@code report}, each a process of its own.
 *
 * @param files the folder of the CSV files
 * @param folder where its warehouse and report go
 * @param discarded takes those of earlier rounds
 */
record ClickmillPathSide(ClickmillCommand command, Path files, Path folder, Discarded discarded)
    implements PathSide {

  /** What is in a warehouse and in no answer: internal tables, and what SQL cannot make. */
  private static final Set<String> NOT_COMPARED =
      Set.of("events", "open_sessions", "funnel_sessions", "interactions_days", "clv_model");

  @Override
  public String name() {
    return "Clickmill";
  }

  @Override
  public Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }

  @Override
  public void prepare(Question question) throws IOException {
    discarded.take(folder);
    Files.createDirectories(folder);
  }

  @Override
  public PathTime walk(Question question) throws IOException, InterruptedException {
    var warehouse = warehouse().toString();
    var stepsFile = folder.resolve("pipeline.json");
    var imported =
        command.run(
            "import", "--warehouse", warehouse, "--mapping", "rees46", "--input", files.toString());
    var pipeline =
        command.run("pipeline", "--warehouse", warehouse, "--report-json", stepsFile.toString());
    var report =
        command.run(
            "report",
            "--warehouse",
            warehouse,
            "--output",
            folder.resolve("report.html").toString());

    checkCompared(question);

    var withoutImport = pipeline.then(report);
    var whole = imported.then(withoutImport);
    var steps = new ArrayList<Step>();
    steps.add(new Step("import", imported.wallSeconds()));
    steps.addAll(steps(stepsFile));
    steps.add(new Step("report", report.wallSeconds()));
    return new PathTime(whole, withoutImport, PathTime.withRest(whole.wallSeconds(), steps));
  }

  @Override
  public String relation(ComparedTable table) {
    return table.relation(warehouse());
  }

  /** Nobody may time a table that the other side is not asked for. */
  private void checkCompared(Question question) throws IOException {
    var compared = question.compared().stream().map(ComparedTable::name).toList();
    try (var folders = Files.list(warehouse())) {
      var others =
          folders
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !name.startsWith("_") && !NOT_COMPARED.contains(name))
              .filter(name -> !compared.contains(name))
              .sorted()
              .toList();
      if (!others.isEmpty()) {
        throw new BenchmarkException(
            "Cannot compare %s: no peer is asked for %s", question, String.join(", ", others));
      }
    }
  }

  /** The steps that {@code pipeline} tells. */
  private static List<Step> steps(Path file) throws IOException {
    var steps = new ArrayList<Step>();
    for (var step : new ObjectMapper().readTree(file.toFile()).path("steps")) {
      steps.add(new Step(step.path("step").asText(), step.path("seconds").asDouble()));
    }
    if (steps.isEmpty()) {
      throw new BenchmarkException("Cannot find any step in %s", file);
    }
    return steps;
  }

  private Path warehouse() {
    return folder.resolve("warehouse");
  }
}
