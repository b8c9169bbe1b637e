package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times Clickmill beside others, once their answers have been found equal. */
@Command(
    name = "benchmarks/run",
    description = {
      "Asks Clickmill and its peers the same questions of generated events: whole processes, in",
      "turn, over the same files. The answers are compared before any time is told."
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {"", "Example:", "  benchmarks/run --events 20000000 --days 152 --repeat 5"})
final class Benchmark implements Callable<Integer> {
  /** Those who are asked the same as Clickmill. */
  enum Peer {
    DUCKDB,
    SPARK
  }

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
      description = "How many rounds are counted (default: ${DEFAULT-VALUE}).")
  private int repeat = 5;

  @Option(
      names = "--warm-ups",
      paramLabel = "N",
      description = "How many rounds come first that are not (default: ${DEFAULT-VALUE}).")
  private int warmUps = 1;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Who is asked beside Clickmill (default: duckdb,spark).")
  private List<Peer> peers = List.of(Peer.values());

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Which tables of results are made: A, B (default: all).")
  private Set<String> tables = Set.of();

  @Option(
      names = "--questions",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which of their rows: views, sales, customers, funnel, all (default: all rows).")
  private Set<String> questions = Set.of();

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Clickmill's heap, as 4g (default: the launcher's own choice).")
  private String heap = "";

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
        .setCaseInsensitiveEnumValuesAllowed(true)
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
    if (events < 1 || days < 1 || repeat < 1 || warmUps < 0) {
      throw new BenchmarkException(
          "Invalid options: --events, --days and --repeat begin at 1, --warm-ups at 0");
    }
    var asked = askedQuestions();
    var machine = Machine.here();
    var folder =
        (output == null ? home.resolve("benchmarks/target/benchmark") : output)
            .toAbsolutePath()
            .normalize();
    Files.createDirectories(folder);
    var command = ClickmillCommand.of(home, heap, folder.resolve("clickmill.log"));
    tell("Making %,d events in %,d days in %s.", events, days, folder);
    var warehouse = GeneratedWarehouse.of(command, folder, events, days);
    var clickmill = new ClickmillSide(command, warehouse, List.of());
    var others = others(warehouse, folder, machine);

    var rounds = new Rounds(warmUps, repeat);
    var results = new ArrayList<Result>();
    for (var question : asked) {
      results.add(rounds.time(question, clickmill, others));
    }
    var versions = new LinkedHashMap<>(clickmill.versions());
    for (var other : others) {
      versions.putAll(other.versions());
    }
    var report =
        new BenchmarkReport(events, days, repeat, versions, settings(machine), machine, results);
    report.writeJson(folder.resolve("results.json"));
    Files.writeString(folder.resolve("results.md"), report.markdown());
    System.out.println(report.markdown());
    return 0;
  }

  private List<Question> askedQuestions() {
    var asked =
        Questions.all().stream()
            .filter(question -> tables.isEmpty() || tables.contains(question.table()))
            .filter(question -> questions.isEmpty() || questions.contains(question.name()))
            .toList();
    if (asked.isEmpty()) {
      throw new BenchmarkException(
          "Invalid --tables or --questions: there are %s",
          Questions.all().stream().map(Question::toString).toList());
    }
    return asked;
  }

  private List<Side> others(GeneratedWarehouse warehouse, Path folder, Machine machine) {
    var others = new ArrayList<Side>();
    if (peers.contains(Peer.DUCKDB)) {
      others.add(new DuckDbSide(warehouse, folder.resolve("duckdb")));
    }
    if (peers.contains(Peer.SPARK)) {
      var module = home.toAbsolutePath().resolve("benchmarks/spark").normalize();
      others.add(new SparkSide(warehouse, module, folder.resolve("spark"), machine));
    }
    return others;
  }

  private Map<String, String> settings(Machine machine) throws IOException {
    var settings = new LinkedHashMap<String, String>();
    settings.put("Clickmill", heap.isEmpty() ? "heap at most half of the memory" : "heap " + heap);
    if (peers.contains(Peer.DUCKDB)) {
      settings.put("DuckDB", "its defaults (all cores, 80 % of the memory)");
    }
    if (peers.contains(Peer.SPARK)) {
      settings.put(
          "Spark",
          String.format(
              Locale.ROOT,
              "local[%d], heap %s, %d shuffle partitions",
              machine.cores(),
              machine.halfOfMemory(),
              2 * machine.cores()));
    }
    return settings;
  }

  private static void tell(String format, Object... arguments) {
    System.err.println(String.format(Locale.ROOT, format, arguments));
  }
}
