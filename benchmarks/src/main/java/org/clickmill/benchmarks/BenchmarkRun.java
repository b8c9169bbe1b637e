package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes the tables of results, each of questions put to some sides.
 *
 * @param command Clickmill
 * @param warehouse the generated events
 * @param folder where the peers work
 * @param questions the rows of tables A and B that are wanted; empty for all
 */
record BenchmarkRun(
    ClickmillCommand command,
    GeneratedWarehouse warehouse,
    Path folder,
    Machine machine,
    Set<String> questions,
    Rounds rounds) {

  private static final String CLICKMILL = "Clickmill";

  /** Hadoop Streaming would take minutes for all days. */
  private static final int PART_FOR_STREAMING = 5;

  private static final int DAYS_TO_COMPACT = 31;

  /** Clickmill beside those who know SQL. */
  List<Result> besidePeers(List<Question> asked, List<SqlEngine> engines)
      throws IOException, InterruptedException, SQLException {
    var results = new ArrayList<Result>();
    for (var question : wanted(asked)) {
      results.add(rounds.time(question, clickmill(warehouse), sql(engines, warehouse)));
    }
    return results;
  }

  /** The views of a part of the days, by Clickmill and once by Hadoop Streaming. */
  List<Result> streaming() throws IOException, InterruptedException, SQLException {
    var days = warehouse.days();
    var part = days.subList(0, Math.max(1, days.size() / PART_FOR_STREAMING));
    return List.of(
        new Rounds(0, 1)
            .time(
                Questions.streaming(part, days.size()),
                clickmill(warehouse),
                List.of(streaming(part))));
  }

  /** A month of hours made into days, beside those who can read Avro. */
  List<Result> compact(List<SqlEngine> engines)
      throws IOException, InterruptedException, SQLException {
    var days = warehouse.days();
    var month = days.subList(0, Math.min(DAYS_TO_COMPACT, days.size()));
    var hours = warehouse.hoursOf(month, folder.resolve("hours"));
    return List.of(
        rounds.time(Questions.compact(month.size()), clickmill(hours), sql(engines, hours)));
  }

  /** All questions of tables A and B with as many map and reduce slots as cores, and with one. */
  List<Result> slots() throws IOException, InterruptedException, SQLException {
    var one =
        List.of(
            "-D", "mapreduce.local.map.tasks.maximum=1",
            "-D", "mapreduce.local.reduce.tasks.maximum=1");
    var sides =
        List.of(
            new ClickmillSide(machine.cores() + " slots", command, warehouse, List.of()),
            new ClickmillSide("1 slot", command, warehouse, one));
    return alone("slots", sides);
  }

  /** All questions of tables A and B for some numbers of events on as many days. */
  List<Result> scale(List<Long> sizes, int days)
      throws IOException, InterruptedException, SQLException {
    var sides = new ArrayList<Side>();
    for (long size : sizes.stream().sorted((a, b) -> Long.compare(b, a)).toList()) {
      sides.add(
          new ClickmillSide(
              String.format(Locale.ROOT, "%,d events", size),
              command,
              GeneratedWarehouse.of(command, folder, size, days),
              List.of()));
    }
    return alone("scale", sides);
  }

  /** The scan of the days with the metrics of this module, and without. */
  Result metrics() throws IOException, InterruptedException, SQLException {
    var metrics = command.benchmarks().resolve("metrics");
    return rounds.timeAlone(
        new Question("metrics", "scan of the days", List.of(), List.of(), List.of()),
        List.of(
            new MetricsSide(
                "with " + MetricsSide.namesIn(metrics).size() + " metrics",
                command,
                warehouse,
                metrics),
            new MetricsSide("without", command, warehouse, null)));
  }

  /** Hadoop Streaming's version. */
  Map<String, String> streamingVersions() throws IOException, InterruptedException {
    return streaming(List.of()).versions();
  }

  private List<Result> alone(String table, List<? extends Side> sides)
      throws IOException, InterruptedException, SQLException {
    var results = new ArrayList<Result>();
    for (var questionsOfTable : List.of(Questions.tableA(), Questions.tableB())) {
      var all = questionsOfTable.get(questionsOfTable.size() - 1);
      results.add(rounds.timeAlone(all.as(table, all.toString()), sides));
    }
    return results;
  }

  private List<Question> wanted(List<Question> asked) {
    return asked.stream()
        .filter(question -> questions.isEmpty() || questions.contains(question.name()))
        .toList();
  }

  private Side clickmill(GeneratedWarehouse events) {
    return new ClickmillSide(CLICKMILL, command, events, List.of());
  }

  private List<Side> sql(List<SqlEngine> engines, GeneratedWarehouse events) {
    return engines.stream()
        .<Side>map(engine -> new SqlSide(engine, events, folder.resolve(engine.folder())))
        .toList();
  }

  private StreamingSide streaming(List<LocalDate> days) throws IOException {
    var library =
        Resources.jar(command.benchmarks().resolve("target/streaming"), "hadoop-streaming-");
    return new StreamingSide(
        command, warehouse, days, library, folder.resolve("streaming"), machine);
  }
}
