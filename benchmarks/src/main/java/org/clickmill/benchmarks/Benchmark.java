package org.clickmill.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
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
      "turn, over the same files. The answers are compared before any time is told.",
      "",
      "Tables of results:",
      "  A          four shapes of question, and all at once, beside DuckDB and Spark SQL",
      "  B          the full tables of the same, beside DuckDB and Spark SQL",
      "  PATH       CSV files to all default tables and the report, beside both",
      "  IMPORT     files to compacted days, with all slots and with one, beside DuckDB",
      "  STREAMING  views of a fifth of the days, beside Hadoop Streaming with Python",
      "  COMPACT    a month of hourly Avro made into daily Parquet, beside Spark",
      "  SLOTS      all of A and of B by Clickmill with all slots, and with one",
      "  SCALE      all of A and of B by Clickmill for several numbers of events",
      "  METRICS    the scan of the days with ten metrics in it, and without",
      "  LOAD       a Kafka topic loaded, beside Spark and a consumer that drops what it reads",
      "  FRESH      how old purchases are when they are in live_sales, and back in a topic",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {
      "",
      "Examples:",
      "  benchmarks/run --events 20000000 --days 152 --repeat 5",
      "  benchmarks/run --events 20000000 --days 152 --tables A --questions funnel --peers duckdb",
      "  benchmarks/run --days 152 --tables scale --scale 2000000,20000000,100000000 --heap 4g",
      "  benchmarks/run --events 20000000 --days 1 --tables path --repeat 1 --warm-ups 0",
      "  benchmarks/run --events 20000000 --days 1 --tables import --forms csv,gzip,json,avro,parquet",
      "  benchmarks/run --events 20000000 --days 30 --tables metrics",
      "  benchmarks/run --events 20000000 --days 1 --tables load",
      "  benchmarks/run --tables fresh --seconds 60"
    })
final class Benchmark implements Callable<Integer> {
  /** These begin with files or a topic of their own. */
  private static final Set<Table> WITHOUT_WAREHOUSE =
      Set.of(Table.PATH, Table.IMPORT, Table.LOAD, Table.FRESH);

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
      description = "Who is asked beside Clickmill: ${COMPLETION-CANDIDATES} (default: all).")
  private Set<Peer> peers = EnumSet.allOf(Peer.class);

  @Option(
      names = "--tables",
      split = ",",
      paramLabel = "TABLE",
      description = "Which tables of results are made (default: all but SCALE, LOAD and FRESH).")
  private Set<Table> tables =
      EnumSet.complementOf(EnumSet.of(Table.SCALE, Table.LOAD, Table.FRESH));

  @Option(
      names = "--questions",
      split = ",",
      paramLabel = "NAME",
      description =
          "Which rows of A and B are made: views, sales, customers, funnel, all (default: each).")
  private Set<String> questions = Set.of();

  @Option(
      names = "--forms",
      split = ",",
      paramLabel = "FORM",
      description =
          "What the files of IMPORT are: ${COMPLETION-CANDIDATES} (default: CSV). DuckDB reads CSV"
              + " beside Avro.")
  private Set<Form> forms = EnumSet.of(Form.CSV);

  @Option(
      names = "--scale",
      split = ",",
      paramLabel = "N",
      description = "The numbers of events of SCALE, on as many days (default: 2000000,20000000).")
  private List<Long> sizes = List.of(2_000_000L, 20_000_000L);

  @Option(
      names = "--topic-compression",
      paramLabel = "TYPE",
      description =
          "How the topic of LOAD is compressed: zstd, as publish sends it, or uncompressed, as"
              + " Kafka's producers do if nobody says otherwise (default: ${DEFAULT-VALUE}).")
  private TopicCompression topicCompression = TopicCompression.ZSTD;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long FRESH sends 1,000 purchases per second (default: ${DEFAULT-VALUE}).")
  private int seconds = 300;

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
    check();
    var machine = Machine.here();
    var folder =
        (output == null ? home.resolve("benchmarks/target/benchmark") : output)
            .toAbsolutePath()
            .normalize();
    Files.createDirectories(folder);
    var command = ClickmillCommand.of(home, heap, folder.resolve("clickmill.log"));
    var rounds = new Rounds(warmUps, repeat);
    var asking = new Peers(peers, command, machine);
    var asked = asking.of(tables);
    var versions = new LinkedHashMap<String, String>();
    versions.putAll(command.versions());
    for (var engine : asking.engines(tables)) {
      versions.putAll(engine.versions());
    }
    var results = new ArrayList<Result>();
    if (!WITHOUT_WAREHOUSE.containsAll(tables)) {
      tell("Making %,d events in %,d days in %s.", events, days, folder);
      var warehouse = GeneratedWarehouse.of(command, folder, events, days);
      warehouse.discarded().delete();
      var run = new BenchmarkRun(command, warehouse, folder, machine, questions, rounds);
      if (asked.contains(Peer.STREAMING)) {
        versions.putAll(run.streamingVersions());
      }
      results.addAll(results(run, asking));
      warehouse.discarded().delete();
    }
    if (tables.contains(Table.PATH)) {
      tell("Making CSV files of %,d events in %,d days in %s.", events, days, folder);
      var engines = asking.engines(Set.of(Table.PATH));
      var path = new PathRun(command, folder, events, days, engines, rounds);
      results.addAll(path.results());
    }
    if (tables.contains(Table.IMPORT)) {
      tell("Making files of %,d events in %,d days in %s.", events, days, folder);
      var engines = asking.engines(Set.of(Table.IMPORT));
      var imports = new ImportRun(command, folder, forms, events, days, engines, machine, rounds);
      results.addAll(imports.results());
    }
    if (tables.contains(Table.LOAD)) {
      tell("Publishing %,d events of %,d days to Kafka in %s.", events, days, folder);
      var load =
          new LoadRun(command, folder, machine, events, days, topicCompression, asked, rounds);
      versions.putAll(load.versions());
      results.addAll(load.results());
    }
    var ages = new ArrayList<FreshnessRun.Freshness>();
    if (tables.contains(Table.FRESH)) {
      tell("Sending purchases to Kafka for %,d seconds in %s.", seconds, folder);
      var fresh = new FreshnessRun(command, folder, seconds);
      versions.putAll(fresh.versions());
      ages.addAll(fresh.results());
    }
    var report =
        new BenchmarkReport(
            events, days, repeat, versions, settings(asked, machine), machine, results, ages);
    report.writeJson(folder.resolve("results.json"));
    Files.writeString(folder.resolve("results.md"), report.markdown());
    System.out.println(report.markdown());
    return 0;
  }

  private List<Result> results(BenchmarkRun run, Peers asking)
      throws IOException, InterruptedException, SQLException {
    var results = new ArrayList<Result>();
    for (var table : tables) {
      var engines = asking.engines(Set.of(table));
      results.addAll(
          switch (table) {
            case A -> run.besidePeers(Questions.tableA(), engines);
            case B -> run.besidePeers(Questions.tableB(), engines);
            case STREAMING -> peers.contains(Peer.STREAMING) ? run.streaming() : List.<Result>of();
            case COMPACT -> run.compact(engines);
            case SLOTS -> run.slots();
            case SCALE -> run.scale(sizes, days);
            case METRICS -> List.of(run.metrics());
            case PATH, IMPORT, LOAD, FRESH -> List.of(); // They need no warehouse, and come last.
          });
    }
    return results;
  }

  private void check() {
    if (!MeasuredProcess.isSupported()) {
      throw new BenchmarkException("Cannot measure processes without /proc: run it on Linux");
    }
    if (events < 1 || days < 1 || repeat < 1 || warmUps < 0 || seconds < 1) {
      throw new BenchmarkException(
          "Invalid options: --events, --days, --repeat and --seconds begin at 1, --warm-ups at 0");
    }
    var rows = Questions.tableA().stream().map(Question::name).toList();
    for (var question : questions) {
      if (!rows.contains(question)) {
        throw new BenchmarkException(
            "Invalid question: %s (expected one of %s)", question, String.join(", ", rows));
      }
    }
  }

  private Map<String, String> settings(Set<Peer> asked, Machine machine) {
    var settings = new LinkedHashMap<String, String>();
    settings.put("Clickmill", heap.isEmpty() ? "heap at most half of the memory" : "heap " + heap);
    if (asked.contains(Peer.DUCKDB)) {
      settings.put("DuckDB", "its defaults (all cores, at most 80 % of the memory)");
    }
    if (asked.contains(Peer.SPARK)) {
      settings.put(
          "Spark",
          String.format(
              Locale.ROOT,
              "local[%d], heap %s, %d shuffle partitions",
              machine.cores(),
              machine.halfOfMemory(),
              2 * machine.cores()));
    }
    if (asked.contains(Peer.STREAMING)) {
      settings.put(
          "Hadoop Streaming",
          String.format(
              Locale.ROOT,
              "%d map and reduce slots, heap %s",
              machine.cores(),
              machine.halfOfMemory()));
    }
    return settings;
  }

  private static void tell(String format, Object... arguments) {
    System.err.println(String.format(Locale.ROOT, format, arguments));
  }
}
