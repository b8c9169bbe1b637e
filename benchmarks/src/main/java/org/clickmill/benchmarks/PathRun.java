package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes the table of the whole path: from CSV files to all default tables and the report, beside
 * one process of each engine.
 *
 * @param folder where the files are kept and the sides work
 * @param events how many, spread over the days
 * @param engines who is asked beside Clickmill
 */
record PathRun(
    ClickmillCommand command,
    Path folder,
    long events,
    int days,
    List<SqlEngine> engines,
    Rounds rounds) {

  /** What the two sides do not do alike. */
  private static final String NOTE =
      "In PATH, Clickmill runs import, pipeline and report, and each engine one process that makes"
          + " Parquet of the same CSV files and from it the same tables. SQL leaves out the"
          + " sketches of visitors, the visitors of trending, the models of clv with what they"
          + " expect, clv_model, and the report; Clickmill publishes with manifests and"
          + " fingerprints, and keeps the hours of events as well. An engine's peak without import"
          + " is that of the whole process. Clickmill has up to two steps side by side: what is left"
          + " of the whole beside them may be less than nothing.";

  /** The whole path, and the same runs without what brings the files in. */
  List<Result> results() throws IOException, InterruptedException, SQLException {
    var discarded = new Discarded(folder.resolve("discarded"));
    discarded.delete();
    var files = GeneratedFiles.of(command, folder, Form.CSV, events, days).folder();
    try {
      return results(Questions.path(), sides(files, discarded));
    } finally {
      discarded.take(clickmillFolder());
      for (var engine : engines) {
        discarded.take(folderOf(engine));
      }
      discarded.delete();
    }
  }

  private List<Result> results(Question question, List<PathSide> sides)
      throws IOException, InterruptedException, SQLException {
    var asked = rounds.ask(question, sides, side -> side.walk(question), PathTime::whole, true);
    var times = asked.bySide();
    var withoutImport = question.as(question.table(), "without import");
    return List.of(
        Result.of(question, asked.rows(), sides, measurements(times, PathTime::whole))
            .withSteps(times.stream().map(PathTime::medianSteps).toList(), NOTE),
        Result.of(
            withoutImport, asked.rows(), sides, measurements(times, PathTime::withoutImport)));
  }

  private static List<List<Measurement>> measurements(
      List<List<PathTime>> times, Function<PathTime, Measurement> which) {
    return times.stream().map(runs -> runs.stream().map(which).toList()).toList();
  }

  private List<PathSide> sides(Path files, Discarded discarded) {
    var sides = new ArrayList<PathSide>();
    sides.add(new ClickmillPathSide(command, files, clickmillFolder(), discarded));
    for (var engine : engines) {
      sides.add(new SqlPathSide(engine.name(), engine, files, folderOf(engine), discarded));
    }
    return sides;
  }

  private Path clickmillFolder() {
    return folder.resolve("path-clickmill");
  }

  private Path folderOf(SqlEngine engine) {
    return folder.resolve("path-" + engine.folder());
  }
}
