package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the table of the first mile: from CSV files to compacted days, beside engines that make
 * sorted Parquet of them.
 *
 * @param folder where the files are kept and the sides work
 * @param events how many, spread over the days
 * @param engines who is asked beside Clickmill
 */
record ImportRun(
    ClickmillCommand command,
    Path folder,
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
    var files = CsvFiles.of(command, folder, events, days).folder();
    try {
      var sides = sides(files, discarded);
      return List.of(
          rounds.time(Questions.firstMile(), sides.get(0), sides.subList(1, sides.size())));
    } finally {
      discarded.take(clickmillFolder());
      discarded.take(oneSlotFolder());
      for (var engine : engines) {
        discarded.take(folderOf(engine));
      }
      discarded.delete();
    }
  }

  private List<Side> sides(Path files, Discarded discarded) {
    var sides = new ArrayList<Side>();
    sides.add(
        new ClickmillImportSide(
            "Clickmill", command, files, clickmillFolder(), discarded, List.of()));
    if (machine.cores() > 1) {
      sides.add(
          new ClickmillImportSide("1 slot", command, files, oneSlotFolder(), discarded, ONE_SLOT));
    }
    for (var engine : engines) {
      sides.add(new SqlPathSide(engine, files, folderOf(engine), discarded));
    }
    return sides;
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
