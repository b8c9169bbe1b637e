package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.benchmarks.cluster.BigDayReport.Step;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.generate.GeneratorOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline over a large day on a cluster of several processes. */
@Command(
    name = "benchmarks/run-big-day",
    description = {
      "Starts HDFS and YARN as processes of their own on this machine, writes the events of a day into",
      "a warehouse there, runs the pipeline with all default tables by small tasks, and tells of each job",
      "how long its tasks took, and how much heap and how many open files they needed at most. A task",
      "that runs out of memory ends it with exit code 1.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {
      "",
      "Examples:",
      "  benchmarks/run-big-day --events 1000000 --verify",
      "  benchmarks/run-big-day --events 20000000 --shape hot-visitor",
      "  benchmarks/run-big-day --events 1000000 --chaos 7"
    })
final class BigDay implements Callable<Integer> {
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 3, 1);
  private static final String WAREHOUSE = "/shop";

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events (default: ${DEFAULT-VALUE}).")
  private long events = 100_000_000;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they are spread over (default: ${DEFAULT-VALUE}).")
  private int days = 1;

  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      description = {
        "What is special about them (default: ${DEFAULT-VALUE}): plain, hot-visitor (a fifth of all events"
            + " is one visitor's), hot-product (half of all views), hot-order (one percent of all events are"
            + " its lines), event-ids (every event has one)."
      })
  private Shape shape = Shape.PLAIN;

  @Option(
      names = "--import",
      description = "Write CSV files, and import these, instead of hours of events.")
  private boolean imports;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      description = "Heap of tasks, as -Xmx takes it (default: ${DEFAULT-VALUE}).")
  private String heap = "800m";

  @Option(
      names = "--container-mb",
      paramLabel = "N",
      description = "Memory of a task's container (default: ${DEFAULT-VALUE}).")
  private int containerMegabytes = 1024;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes run tasks (default: ${DEFAULT-VALUE}).")
  private int nodes = 2;

  @Option(
      names = "--node-mb",
      paramLabel = "N",
      description = "Memory of each node for containers (default: ${DEFAULT-VALUE}).")
  private int nodeMegabytes = 3072;

  @Option(
      names = "-D",
      paramLabel = "NAME=VALUE",
      description =
          "A setting for Clickmill's commands on the cluster; may be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--verify",
      description = "Do the same without a cluster too, and compare the rows of all tables.")
  private boolean verifies;

  @Option(
      names = "--chaos",
      paramLabel = "SEED",
      description =
          "Kill random tasks and ApplicationMasters meanwhile, with speculative execution on; then verify.")
  private Long chaosSeed;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Folder for everything; what an earlier run left there is deleted (default:"
              + " benchmarks/target/big-day).")
  private Path output;

  @Option(
      names = "--keep",
      description = "Keep the files of HDFS and of the nodes; else only logs and results stay.")
  private boolean keeps;

  @Option(names = "--home", hidden = true)
  private Path home = Path.of("");

  private final List<Step> steps = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new BigDay())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Shape.class, BigDay::shape)
        .setExecutionExceptionHandler(BigDay::fail)
        .execute(arguments);
  }

  private static Shape shape(String text) {
    for (var shape : Shape.values()) {
      if (shape.toString().equals(text)) {
        return shape;
      }
    }
    throw new CommandLine.TypeConversionException(
        "Invalid shape: %s (expected one of %s)".formatted(text, List.of(Shape.values())));
  }

  private static int fail(
      Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof BigDayException) {
      commandLine.getErr().println(exception.getMessage());
      return 1;
    }
    throw exception;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var options = new ClusterOptions(nodes, nodeMegabytes, containerMegabytes, heap);
    var base = home.toAbsolutePath().normalize();
    var folder =
        (output == null ? base.resolve("benchmarks/target/big-day") : output)
            .toAbsolutePath()
            .normalize();
    prepare(folder);
    var runs = new ClickmillRuns(base, folder);
    var libraries = base.resolve("oozie-workflows/cluster/target/lib");
    tell("Starting HDFS and YARN in %s.", folder);
    try (var cluster = HadoopCluster.start(folder.resolve("cluster"), libraries, options)) {
      var hook = new Thread(cluster::close, "stop-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      var jobs = onCluster(cluster, runs, folder);
      var report = new BigDayReport(title(), steps, jobs, remarks).markdown();
      Files.writeString(folder.resolve("results.md"), report);
      System.out.println(report);
      boolean isGood = remarks.stream().noneMatch(remark -> remark.startsWith("Not "));
      cluster.close();
      if (!keeps) {
        deleteFilesOf(folder.resolve("cluster"));
      }
      return isGood ? 0 : 1;
    }
  }

  private void deleteFilesOf(Path cluster) throws IOException {
    for (var name : List.of("data", "name", "tmp")) {
      delete(cluster.resolve(name));
    }
    for (int node = 1; node <= nodes; node++) {
      delete(cluster.resolve("node-" + node).resolve("local"));
    }
  }

  private String title() {
    return String.format(
        Locale.ROOT,
        "%,d events in %d day%s, %s%s; %d nodes of %,d MB, containers of %,d MB, tasks with -Xmx%s",
        events,
        days,
        days == 1 ? "" : "s",
        shape,
        imports ? ", imported" : "",
        nodes,
        nodeMegabytes,
        containerMegabytes,
        heap);
  }

  /** Deletes what an earlier run left, but nothing that no run has made. */
  private static void prepare(Path folder) throws IOException {
    var marker = folder.resolve("big-day");
    if (Files.exists(folder) && !Files.exists(marker)) {
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new BigDayException(
              "Invalid output folder: %s is not empty, and no earlier run has made it", folder);
        }
      }
    }
    delete(folder);
    Files.createDirectories(folder);
    Files.createFile(marker);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (var walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (var path : paths) {
      Files.delete(path);
    }
  }

  private List<JobFigures> onCluster(HadoopCluster cluster, ClickmillRuns runs, Path folder)
      throws IOException, InterruptedException {
    var configuration = cluster.configuration();
    var root = new org.apache.hadoop.fs.Path(configuration.get("fs.defaultFS") + WAREHOUSE);
    var day = new GeneratedDay(new GeneratorOptions(1, events, FIRST_DAY, days), shape);
    var raw = new org.apache.hadoop.fs.Path(configuration.get("fs.defaultFS") + "/raw");
    tell("Writing %,d events.", events);
    step("generate", () -> write(day, configuration, root, raw));
    try (var sampler = new TaskSampler(folder)) {
      boolean isFinished = runAll(cluster, runs, folder);
      var jobs =
          new JobHistory(root.getFileSystem(configuration), cluster.containerLogs(), sampler)
              .jobs();
      judge(jobs);
      if (isFinished && (verifies || chaosSeed != null)) {
        var made = Fingerprints.of(Warehouse.open(root, configuration));
        compare(made, withoutCluster(day, runs, folder));
      }
      return jobs;
    }
  }

  /** Runs all commands; whether all went well. */
  private boolean runAll(HadoopCluster cluster, ClickmillRuns runs, Path folder)
      throws IOException, InterruptedException {
    try {
      if (chaosSeed == null) {
        runAll(cluster, runs);
      } else {
        try (var chaos = new Chaos(folder, cluster.configuration(), chaosSeed)) {
          runAll(cluster, runs);
          remarks.add("Chaos with seed " + chaosSeed + ": " + chaos.summary());
        }
      }
      return true;
    } catch (BigDayException e) {
      // What was done until then is worth a report.
      remarks.add("Not finished: " + e.getMessage());
      return false;
    }
  }

  private void runAll(HadoopCluster cluster, ClickmillRuns runs)
      throws IOException, InterruptedException {
    if (imports) {
      command(cluster, runs, List.of("import", "--mapping=clickmill", "--input=/raw"));
    }
    command(cluster, runs, List.of("compact"));
    command(cluster, runs, List.of("pipeline"));
  }

  private void command(HadoopCluster cluster, ClickmillRuns runs, List<String> command)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(command);
    arguments.add("--warehouse=" + WAREHOUSE);
    if (chaosSeed != null) {
      Chaos.speculation().forEach(setting -> arguments.addAll(List.of("-D", setting)));
    }
    settings.forEach(setting -> arguments.addAll(List.of("-D", setting)));
    tell("Running %s on the cluster.", command.get(0));
    steps.add(new Step(command.get(0), runs.onCluster(cluster, heap, arguments)));
  }

  private void write(
      GeneratedDay day,
      Configuration configuration,
      org.apache.hadoop.fs.Path root,
      org.apache.hadoop.fs.Path raw)
      throws IOException {
    if (imports) {
      day.writeTo(new CsvSink(raw.getFileSystem(configuration), raw));
    } else {
      day.writeTo(new HourSink(Warehouse.openOrCreate(root, configuration), day.firstSecond()));
    }
  }

  private Fingerprints withoutCluster(GeneratedDay day, ClickmillRuns runs, Path folder)
      throws IOException, InterruptedException {
    tell("Running the same without a cluster.");
    var configuration = new Configuration();
    var root = new org.apache.hadoop.fs.Path("file", null, folder.resolve("shop").toString());
    var raw = new org.apache.hadoop.fs.Path("file", null, folder.resolve("raw").toString());
    write(day, configuration, root, raw);
    var warehouse = "--warehouse=" + folder.resolve("shop");
    if (imports) {
      runs.embedded(
          List.of("import", "--mapping=clickmill", "--input=" + folder.resolve("raw"), warehouse));
    }
    double seconds = runs.embedded(List.of("pipeline", warehouse));
    remarks.add(String.format(Locale.ROOT, "Without a cluster: pipeline %.1f s.", seconds));
    var made = Fingerprints.of(Warehouse.open(root, configuration));
    if (!keeps) {
      delete(folder.resolve("shop"));
      delete(folder.resolve("raw"));
    }
    return made;
  }

  private void judge(List<JobFigures> jobs) {
    for (var job : jobs) {
      if (job.ranOutOfMemory()) {
        remarks.add("Not bounded: a task ran out of memory in " + job.name());
      }
      if (!job.succeeded()) {
        remarks.add("Not successful: " + job.name());
      }
      job.failures().stream()
          .distinct()
          .limit(3)
          .forEach(failure -> remarks.add("Failed attempt in " + job.name() + ": " + failure));
    }
  }

  private void compare(Fingerprints made, Fingerprints expected) {
    var differences = made.differences(expected);
    if (differences.isEmpty()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "All %,d partitions have the rows that they have without a cluster.",
              expected.byPartition().size()));
    } else {
      remarks.add("Not the same rows:\n" + String.join("\n", differences));
    }
  }

  /** Something that takes its time. */
  private interface Work {
    void run() throws IOException;
  }

  private void step(String name, Work work) throws IOException {
    long begin = System.nanoTime();
    work.run();
    steps.add(new Step(name, (System.nanoTime() - begin) / 1e9));
  }

  private static void tell(String format, Object... arguments) {
    System.err.println(String.format(Locale.ROOT, format, arguments));
  }
}
