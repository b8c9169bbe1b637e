package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures on a cluster of several processes how long after its records a live table is. */
@Command(
    name = "benchmarks/run-live-cluster",
    description = {
      "Starts a Kafka broker, HDFS and YARN as processes of their own on this machine, and there",
      "`load --follow --live`, which pushes live_sales to a topic. Publishes events in rounds, and tells how",
      "long after the last of a round was published live_sales had them, and then the topic.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {"", "Example:", "  benchmarks/run-live-cluster --rounds 20 --events 10000"})
final class LiveCluster implements Callable<Integer> {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How many rounds are measured, after one that is not (default: ${DEFAULT-VALUE}).")
  private int rounds = 10;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events a round has (default: ${DEFAULT-VALUE}).")
  private long events = 10_000;

  @Mixin private RunFolder run = new RunFolder();

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new LiveCluster())
        .setExecutionExceptionHandler(BigDay::fail)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (rounds < 1 || events < 1) {
      throw new BigDayException("Invalid run: %d rounds of %d events", rounds, events);
    }
    var base = run.home();
    var folder = run.prepare("live-cluster");
    new LiveClusterRun(base, folder, rounds, events).run();
    return 0;
  }
}
