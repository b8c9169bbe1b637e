package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries one job jar on several versions of Hadoop and Java. */
@Command(
    name = "benchmarks/run-versions",
    description = {
      "Starts HDFS and YARN as processes of their own on this machine, for each version of Hadoop and Java in",
      "turn, and runs import, pipeline, report and load there with the same job jar: clients, servers and tasks",
      "all of that version. Prints a table, and ends with exit code 1 unless all tables have the rows that they",
      "have without a cluster. Jars of other versions of Hadoop are fetched with Maven.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {
      "",
      "Examples:",
      "  benchmarks/run-versions",
      "  benchmarks/run-versions --hadoop 3.4.1 --java-home /usr/lib/jvm/java-17-openjdk-amd64"
    })
final class Versions implements Callable<Integer> {
  @Option(
      names = "--hadoop",
      split = ",",
      paramLabel = "VERSION",
      description = "Versions of Hadoop (default: ${DEFAULT-VALUE}).")
  private List<String> versions = List.of("3.3.6", "3.4.0", "3.4.1", "3.4.2", "3.4.3", "3.5.0");

  @Option(
      names = "--java-home",
      split = ",",
      paramLabel = "DIR",
      description = "Homes of versions of Java, 17 or newer (default: of the one that runs this).")
  private List<Path> javaHomes = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events of two days (default: ${DEFAULT-VALUE}).")
  private long events = 20_000;

  @Mixin private RunFolder run = new RunFolder();

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Versions())
        .setExecutionExceptionHandler(BigDay::fail)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (events < 1) {
      throw new BigDayException("Invalid number of events: %d", events);
    }
    var base = run.home();
    var all = software(base);
    var folder = run.prepare("versions");
    var table = new StringBuilder();
    boolean isGood = true;
    try (var runs = VersionRuns.prepare(base, folder, events)) {
      table.append(VersionRuns.HEADING);
      for (var software : all) {
        var outcome = runs.run(software);
        isGood &= outcome.isGood();
        System.err.print(outcome.row());
        table.append(outcome.row());
      }
    }
    Files.writeString(folder.resolve("results.md"), table);
    System.out.print(table);
    return isGood ? 0 : 1;
  }

  /** All are fetched before the first is run. */
  private List<Software> software(Path base) throws IOException, InterruptedException {
    var homes = javaHomes.isEmpty() ? List.of(Software.built(base).javaHome()) : javaHomes;
    var all = new ArrayList<Software>();
    for (var version : versions) {
      for (var javaHome : homes) {
        all.add(Software.of(base, version, javaHome));
      }
    }
    return all;
  }
}
