package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.clickmill.benchmarks.BenchmarkReport.Result;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times Clickmill and DuckDB side by side, once their answers have been found equal. */
@Command(
    name = "benchmarks/run",
    description = {
      "Times view-counts and sales beside DuckDB on generated events: whole processes, in pairs,",
      "over the same daily Parquet files. The answers are compared before any time is told."
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {"", "Example:", "  benchmarks/run --events 20000000 --days 152 --repeat 5"})
final class Benchmark implements Callable<Integer> {
  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events (default: ${DEFAULT-VALUE}).")
  private long events = 2_000_000;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they are spread over (default: ${DEFAULT-VALUE}).")
  private int days = 30;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "How many pairs are timed, after one that is not (default: ${DEFAULT-VALUE}).")
  private int repeat = 5;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Where the events are made and kept, and the results are written"
              + " (default: benchmarks/target/benchmark).")
  private Path output;

  @Option(names = "--home", hidden = true, description = "The root folder of the repository.")
  private Path home = Path.of("");

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs a command line and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
  static int run(String... arguments) {
    return new CommandLine(new Benchmark())
        .setExecutionExceptionHandler(
            (exception, commandLine, parsed) -> {
              if (!(exception instanceof BenchmarkException)) {
                throw exception;
              }
              commandLine.getErr().println(exception.getMessage());
              return 1;
            })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    if (!MeasuredProcess.isSupported()) {
      throw new BenchmarkException("Cannot measure processes without /proc: run it on Linux");
    }
    if (events < 1 || days < 1 || repeat < 1) {
      throw new BenchmarkException("Invalid options: --events, --days and --repeat begin at 1");
    }
    var machine = Machine.here();
    var folder =
        (output == null ? home.resolve("benchmarks/target/benchmark") : output).toAbsolutePath();
    Files.createDirectories(folder);
    var clickmill = ClickmillCommand.of(home, folder.resolve("clickmill.log"));
    var versions = versions(clickmill);
    tell("Making %,d events in %,d days in %s.", events, days, folder);
    var warehouse = GeneratedWarehouse.of(clickmill, folder, events, days);

    var results = new ArrayList<Result>();
    for (var question : Question.all()) {
      results.add(time(question, clickmill, warehouse, folder));
    }
    var report = new BenchmarkReport(events, days, repeat, versions, machine, results);
    report.writeJson(folder.resolve("results.json"));
    Files.writeString(folder.resolve("results.md"), report.markdown());
    System.out.println(report.markdown());
    return 0;
  }

  /** Runs pairs and compares the answers of each; the first pair warms the machine up. */
  private Result time(
      Question question, ClickmillCommand clickmill, GeneratedWarehouse warehouse, Path folder)
      throws IOException, InterruptedException, SQLException {
    var duckDb = new DuckDbCommand(folder.resolve("duckdb"), folder.resolve("duckdb.log"));
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of(question.name(), "--warehouse", warehouse.root().toString()));
    question.settings().forEach(setting -> arguments.addAll(List.of("-D", setting)));

    var clickmillRuns = new ArrayList<Measurement>();
    var duckDbRuns = new ArrayList<Measurement>();
    long rows = 0;
    for (int pair = 0; pair <= repeat; pair++) {
      tell("%s: pair %d of %d.", question.name(), pair, repeat);
      warehouse.forget(question.datasets());
      var clickmillRun = clickmill.run(arguments);
      var duckDbRun = duckDb.run(question, warehouse.events());
      rows = Comparison.compare(question, warehouse.root(), duckDb.output());
      if (pair > 0) {
        clickmillRuns.add(clickmillRun);
        duckDbRuns.add(duckDbRun);
      }
    }
    return Result.of(question.name(), rows, clickmillRuns, duckDbRuns);
  }

  private static Map<String, String> versions(ClickmillCommand clickmill)
      throws IOException, InterruptedException, SQLException {
    var versions = new LinkedHashMap<String, String>();
    versions.put("Clickmill", clickmill.version());
    versions.put("Hadoop", clickmill.hadoopVersion());
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      versions.put("DuckDB", connection.getMetaData().getDatabaseProductVersion());
    }
    return versions;
  }

  private static void tell(String format, Object... arguments) {
    System.err.println(String.format(Locale.ROOT, format, arguments));
  }
}
