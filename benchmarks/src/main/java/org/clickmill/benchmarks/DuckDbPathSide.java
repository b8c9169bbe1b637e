package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.clickmill.benchmarks.PathTime.Step;

/**
 * DuckDB in one process: the question's first script makes one Parquet file of the CSV files, the
 * others make the tables from that.
 *
 * @param files the folder of the CSV files
 * @param folder where its scripts, log and tables go
 * @param discarded takes those of earlier rounds
 */
record DuckDbPathSide(Path files, Path folder, Discarded discarded) implements PathSide {

  @Override
  public String name() {
    return "DuckDB";
  }

  @Override
  public Map<String, String> versions() {
    return DuckDbSide.version();
  }

  @Override
  public void prepare(Question question) throws IOException {
    discarded.take(folder);
    for (var table : question.compared()) {
      Files.createDirectories(answers().resolve(table.name()));
    }
    for (var name : question.scripts()) {
      var script = script(name);
      Files.createDirectories(script.getParent());
      Files.writeString(
          script,
          Resources.text("duckdb/" + name + ".sql", Map.of("csv", files, "output", answers())));
    }
  }

  @Override
  public PathTime walk(Question question) throws IOException, InterruptedException {
    var log = folder.resolve("duckdb.log");
    var whole = DuckDbSide.run(question.scripts().stream().map(this::script).toList(), log);

    var steps = new ArrayList<Step>();
    Measurement withoutImport = null;
    for (var line : Files.readAllLines(log)) {
      var fields = line.split("\t", -1);
      if (fields.length != DuckDbProcess.FIELDS) {
        continue; // The JVM says something.
      }
      double seconds = Double.parseDouble(fields[1]);
      if (steps.isEmpty()) {
        withoutImport = whole.without(seconds, Double.parseDouble(fields[2]));
      }
      steps.add(new Step(stepOf(Path.of(fields[0])), seconds));
    }
    if (steps.size() != question.scripts().size()) {
      throw new BenchmarkException("Cannot find the time of each script in %s", log);
    }
    return new PathTime(whole, withoutImport, PathTime.withRest(whole.wallSeconds(), steps));
  }

  @Override
  public String relation(ComparedTable table) {
    return Scripts.relation(answers(), table);
  }

  /** A script's name without folder and extension. */
  private static String stepOf(Path script) {
    return script.getFileName().toString().replace(".sql", "");
  }

  private Path script(String name) {
    return folder.resolve(name + ".sql");
  }

  private Path answers() {
    return folder.resolve("answers");
  }
}
