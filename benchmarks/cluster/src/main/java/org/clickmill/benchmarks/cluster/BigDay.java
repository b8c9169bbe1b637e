package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.clickmill.testdata.generate.GeneratorOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            + " is one visitor's), hot-product (half of all views), hot-order (one event in twenty is"
            + " its line), event-ids (every event has one)."
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
      names = "--keep",
      description = "Keep the files of HDFS and of the nodes; else only logs and results stay.")
  private boolean keeps;

  @Mixin private RunFolder run = new RunFolder();

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

  static int fail(Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (exception instanceof BigDayException) {
      commandLine.getErr().println(exception.getMessage());
      return 1;
    }
    throw exception;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var cluster = new ClusterOptions(nodes, nodeMegabytes, containerMegabytes, heap);
    var base = run.home();
    var folder = run.prepare("big-day");
    var day = new GeneratedDay(new GeneratorOptions(1, events, FIRST_DAY, days), shape);
    var plan =
        new BigDayPlan(
            day, imports, cluster, settings, verifies || chaosSeed != null, chaosSeed, keeps);
    return new BigDayRun(plan, base, folder).run() ? 0 : 1;
  }
}
