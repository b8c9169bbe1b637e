package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the table of the first mile: from files to compacted days, beside engines that make sorted
 * Parquet of them.
 *
 * @param folder where the files are kept and the sides work
 * @param forms what the files are; each is a row
 * @param events how many, spread over the days
 * @param engines who is asked beside Clickmill
 */
record ImportRun(
    ClickmillCommand command,
    Path folder,
    Set<Form> forms,
    long events,
    int days,
    List<SqlEngine> engines,
    Machine machine,
    Rounds rounds) {

  private static final List<String> ONE_SLOT =
      List.of(
          "-D", "mapreduce.local.map.tasks.maximum=1",
          "-D", "mapreduce.local.reduce.tasks.maximum=1");

  List<Result> results() throws IOException, InterruptedException, SQLException {
    var discarded = new Discarded(folder.resolve("discarded"));
    discarded.delete();
    var results = new ArrayList<Result>();
    try {
      for (var form : forms) {
        var sides = sides(form, discarded);
        results.add(
            rounds.time(Questions.firstMile(form), sides.get(0), sides.subList(1, sides.size())));
      }
      return results;
    } finally {
      discarded.take(clickmillFolder());
      discarded.take(oneSlotFolder());
      for (var engine : engines) {
        discarded.take(folderOf(engine));
      }
      discarded.delete();
    }
  }

  private List<Side> sides(Form form, Discarded discarded)
      throws IOException, InterruptedException {
    var files = filesOf(form);
    var sides = new ArrayList<Side>();
    sides.add(
        new ClickmillImportSide(
            "Clickmill", command, form, files, clickmillFolder(), discarded, List.of()));
    if (form == Form.CSV && machine.cores() > 1) {
      sides.add(
          new ClickmillImportSide(
              "1 slot", command, form, files, oneSlotFolder(), discarded, ONE_SLOT));
    }
    for (var engine : engines) {
      var other = form.ofEngines();
      var name = other == form ? engine.name() : engine.name() + " of " + other.label();
      sides.add(new SqlPathSide(name, engine, filesOf(other), folderOf(engine), discarded));
    }
    return sides;
  }

  private Path filesOf(Form form) throws IOException, InterruptedException {
    return GeneratedFiles.of(command, folder, form, events, days).folder();
  }

  private Path clickmillFolder() {
    return folder.resolve("import-clickmill");
  }

  private Path oneSlotFolder() {
    return folder.resolve("import-1-slot");
  }

  private Path folderOf(SqlEngine engine) {
    return folder.resolve("import-" + engine.folder());
  }
}
