package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.clickmill.formats.warehouse.Warehouse;

/** Imports the same events on one cluster again and again, into a warehouse for each death. */
final class DeathRuns implements AutoCloseable {
  static final String HEADING =
      """
      | what happens | when | exit code | what the user is told last | run again | tables |
      |---|---|---:|---|---|---|
      """;

  private static final ClusterOptions CLUSTER = new ClusterOptions(2, 3_072, 1_024, "700m", true);
  private static final String RAW = "/raw";
  private static final int MOST_MINUTES = 20;
  private static final int STRIKE_SECONDS = 60;

  private final Path folder;
  private final ClickmillRuns runs;
  private final Fingerprints expected;
  private final HadoopCluster cluster;
  private final DistributedFileSystem fileSystem;
  private final long seed;

  private DeathRuns(
      Path folder,
      ClickmillRuns runs,
      Fingerprints expected,
      HadoopCluster cluster,
      DistributedFileSystem fileSystem,
      long seed) {
    this.folder = folder;
    this.runs = runs;
    this.expected = expected;
    this.cluster = cluster;
    this.fileSystem = fileSystem;
    this.seed = seed;
  }

  /**
   * What became of one death.
   *
   * @param problems why it is not good; none if it is
   */
  record Outcome(String row, List<String> problems) {
    Outcome {
      problems = List.copyOf(problems);
    }

    boolean isGood() {
      return problems.isEmpty();
    }
  }

  /** Makes the events and their tables without a cluster, and starts the cluster. */
  static DeathRuns prepare(Path home, Path folder, long events, long seed)
      throws IOException, InterruptedException {
    var runs = new ClickmillRuns(home, folder);
    var raw = folder.resolve("raw");
    var shop = folder.resolve("shop");
    runs.embedded(
        List.of("generate", "--output=" + raw, "--events=" + events, "--days=2", "--format=csv"));
    runs.embedded(
        List.of("import", "--warehouse=" + shop, "--mapping=clickmill", "--input=" + raw));
    runs.embedded(List.of("pipeline", "--warehouse=" + shop));
    var expected =
        Fingerprints.of(
            Warehouse.open(new org.apache.hadoop.fs.Path(shop.toUri()), new Configuration()));
    System.err.printf("Starting a highly available cluster in %s.%n", folder);
    var cluster = HadoopCluster.start(clusterFolder(folder), Software.built(home), CLUSTER);
    boolean isReady = false;
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "stop-cluster"));
      var fileSystem = (DistributedFileSystem) FileSystem.newInstance(cluster.configuration());
      fileSystem.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(raw.toUri()), new org.apache.hadoop.fs.Path(RAW));
      isReady = true;
      return new DeathRuns(folder, runs, expected, cluster, fileSystem, seed);
    } finally {
      if (!isReady) {
        cluster.close();
      }
    }
  }

  private static Path clusterFolder(Path folder) {
    return folder.resolve("cluster");
  }

  /** Imports and computes tables, with the death meanwhile, and compares the tables. */
  Outcome run(Death death) throws IOException, InterruptedException {
    System.err.printf("Running %s: %s.%n", death.name(), death.what());
    var problems = new ArrayList<String>();
    var words = new ArrayList<>(List.of(death.what(), "", "", "", "", ""));
    try {
      run(death, words, problems);
    } catch (BigDayException e) {
      problems.add(e.getMessage().lines().findFirst().orElse("").strip());
    }
    words.set(5, problems.isEmpty() ? "equal" : "**" + String.join("; ", problems) + "**");
    return new Outcome("| " + String.join(" | ", words) + " |\n", problems);
  }

  private void run(Death death, List<String> words, List<String> problems)
      throws IOException, InterruptedException {
    cluster.heal();
    var root = fileSystem.makeQualified(new org.apache.hadoop.fs.Path("/shop-" + death.name()));
    var scene =
        new Scene(
            cluster,
            clusterFolder(folder),
            CLUSTER.nodes(),
            fileSystem,
            root,
            new Random(seed + death.name().hashCode()));
    for (var command : List.of(Death.IMPORT, Death.PIPELINE)) {
      if (command.equals(death.command())) {
        strike(death, scene, root, words, problems);
      } else {
        runs.onCluster(cluster, CLUSTER.heap(), arguments(command, root, List.of()));
      }
    }
    cluster.awaitIdle();
    compare(root, problems);
  }

  private static List<String> arguments(
      String command, org.apache.hadoop.fs.Path root, List<String> settings) {
    var arguments = new ArrayList<>(List.of(command, "--warehouse=" + root.toUri().getPath()));
    if (command.equals(Death.IMPORT)) {
      arguments.addAll(List.of("--mapping=clickmill", "--input=" + RAW));
    }
    settings.forEach(setting -> arguments.addAll(List.of("-D", setting)));
    return arguments;
  }

  private void strike(
      Death death,
      Scene scene,
      org.apache.hadoop.fs.Path root,
      List<String> words,
      List<String> problems)
      throws IOException, InterruptedException {
    var ended = runMeanwhile(death, scene, root);
    words.set(1, scene.noted().orElse(""));
    words.set(2, Integer.toString(ended.exitCode()));
    words.set(3, ended.exitCode() == 0 ? "its summary, as ever" : cell(ended.lastLine()));
    words.set(4, "no");
    if (scene.noted().isEmpty()) {
      problems.add("its moment has not come");
    }
    death.undo().on(scene);
    cluster.heal();
    if (ended.exitCode() == 0) {
      return;
    }
    if (death.message() == null) {
      problems.add("the command failed");
    } else if (!death.message().matcher(ended.lastLine()).find()) {
      problems.add("the message does not say it");
    }
    var again =
        runs.tryOnCluster(
            cluster, CLUSTER.heap(), arguments(death.command(), root, List.of()), MOST_MINUTES);
    words.set(4, "once");
    if (again.exitCode() != 0) {
      problems.add("the second run ended with " + again.exitCode() + ": " + cell(again.lastLine()));
    }
  }

  private ClickmillRuns.Ended runMeanwhile(Death death, Scene scene, org.apache.hadoop.fs.Path root)
      throws IOException, InterruptedException {
    var thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> strike =
          thread.submit(
              () -> {
                death.strike().on(scene);
                return null;
              });
      var ended =
          runs.tryOnCluster(
              cluster,
              CLUSTER.heap(),
              arguments(death.command(), root, death.settings()),
              MOST_MINUTES);
      thread.shutdownNow();
      if (!thread.awaitTermination(STRIKE_SECONDS, TimeUnit.SECONDS)) {
        throw new BigDayException("Cannot go on: what kills servers does not end");
      }
      requireNoDefect(strike);
      return ended;
    } finally {
      thread.shutdownNow();
    }
  }

  /** An interrupt, which a file system tells in many ways, says that the command has ended. */
  private static void requireNoDefect(Future<?> strike) throws InterruptedException {
    try {
      strike.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException) {
        throw new BigDayException("Cannot strike: %s", e.getCause());
      }
    }
  }

  private void compare(org.apache.hadoop.fs.Path root, List<String> problems) throws IOException {
    var warehouse = Warehouse.open(root, cluster.configuration());
    var differences = Fingerprints.of(warehouse).differences(expected);
    if (!differences.isEmpty()) {
      problems.add(
          String.format(
              Locale.ROOT,
              "%d partitions differ, such as %s",
              differences.size(),
              differences.get(0)));
    }
  }

  /** A line as a cell of a table. */
  private String cell(String line) {
    return line.replace(folder.toString(), "…").replace("|", "\\|");
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
    cluster.close();
  }
}
