package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills servers of a cluster while the job jar works on it. */
@Command(
    name = "benchmarks/run-deaths",
    description = {
      "Starts a highly available HDFS and YARN as processes of their own on this machine, and runs import and",
      "pipeline there again and again, each time into a new warehouse, while a server is killed, a disk",
      "becomes full, or the like. Prints a table of what the user was told, and ends with exit code 1 unless",
      "each time, after running the command once again if it has failed, all tables have the rows that they",
      "have without a cluster.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {
      "",
      "Examples:",
      "  benchmarks/run-deaths",
      "  benchmarks/run-deaths --only namenode,disk --events 5000"
    })
final class Deaths implements Callable<Integer> {
  private static final long MOST_SEED = 1_000_000;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Which deaths (default: all, which are ${COMPLETION-CANDIDATES}).",
      completionCandidates = Names.class)
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events of two days (default: ${DEFAULT-VALUE}).")
  private long events = 20_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the moments that are chosen at random (default: another one each time).")
  private Long seed;

  @Mixin private RunFolder run = new RunFolder();

  /** For the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      KnownDeaths.all().forEach(death -> add(death.name()));
    }
  }

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new Deaths())
        .setExecutionExceptionHandler(BigDay::fail)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (events < 1) {
      throw new BigDayException("Invalid number of events: %d", events);
    }
    var deaths = chosen();
    long start = seed == null ? ThreadLocalRandom.current().nextLong(MOST_SEED) : seed;
    System.err.printf(Locale.ROOT, "Seed: %d%n", start);
    var folder = run.prepare("deaths");
    var table = new StringBuilder(DeathRuns.HEADING);
    boolean isGood = true;
    try (var runs = DeathRuns.prepare(run.home(), folder, events, start)) {
      for (var death : deaths) {
        var outcome = runs.run(death);
        isGood &= outcome.isGood();
        System.err.print(outcome.row());
        table.append(outcome.row());
      }
    }
    Files.writeString(folder.resolve("results.md"), table);
    System.out.print(table);
    return isGood ? 0 : 1;
  }

  private List<Death> chosen() {
    var all = KnownDeaths.all();
    for (var name : only) {
      if (all.stream().noneMatch(death -> death.name().equals(name))) {
        throw new BigDayException(
            "Invalid death: %s (expected one of %s)",
            name, String.join(", ", all.stream().map(Death::name).toList()));
      }
    }
    return only.isEmpty()
        ? all
        : all.stream().filter(death -> only.contains(death.name())).toList();
  }
}
