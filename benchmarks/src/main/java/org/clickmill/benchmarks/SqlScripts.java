package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.clickmill.benchmarks.PathTime.Step;

/**
 * A question as an engine's scripts, which are run in its folder.
 *
 * @param folder where scripts, log and answers go
 * @param places the paths that a script may name, but for that of the answers
 */
record SqlScripts(SqlEngine engine, Path folder, Map<String, Path> places) {
  /** How many fields a line of the log has that tells of a script. */
  private static final int FIELDS = 3;

  private static final String SQL = ".sql";

  /** What the log tells of a script. */
  record Time(Step step, double cpuSeconds) {}

  /** Writes the scripts into the folder, which is empty. */
  void write(Question question) throws IOException {
    for (var table : question.compared()) {
      // DuckDB makes no folders.
      Files.createDirectories(answers().resolve(table.name()));
    }
    var filledIn = new HashMap<String, Path>(places);
    filledIn.put("output", answers());
    for (var name : question.scripts()) {
      var script = script(name);
      Files.createDirectories(script.getParent());
      Files.writeString(script, Resources.text(engine.folder() + "/" + name + SQL, filledIn));
    }
  }

  /** Runs what was written, in one process. */
  Measurement run(Question question) throws IOException, InterruptedException {
    return engine.run(question.scripts().stream().map(this::script).toList(), folder, log());
  }

  /** How long each of the scripts took that were run. */
  List<Time> times(Question question) throws IOException {
    // Others write to the log, too.
    var times =
        Files.readAllLines(log()).stream()
            .map(line -> line.split("\t", -1))
            .filter(fields -> fields.length == FIELDS)
            .map(SqlScripts::time)
            .toList();
    if (times.size() != question.scripts().size()) {
      throw new BenchmarkException("Cannot find the time of each script in %s", log());
    }
    return times;
  }

  private static Time time(String[] fields) {
    var name = Path.of(fields[0]).getFileName().toString().replace(SQL, "");
    return new Time(new Step(name, Double.parseDouble(fields[1])), Double.parseDouble(fields[2]));
  }

  /** SQL for a table of the answers. */
  String relation(ComparedTable table) {
    return table.relation(answers());
  }

  private Path script(String name) {
    return folder.resolve(name + SQL);
  }

  private Path answers() {
    return folder.resolve("answers");
  }

  private Path log() {
    return folder.resolve(engine.folder() + ".log");
  }
}
