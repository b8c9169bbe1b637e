package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.warehouse.Datasets;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.kafka.KafkaBroker;

/** The same events through all commands, on clusters of several versions and without one. */
final class VersionRuns implements AutoCloseable {
  static final String HEADING =
      """
      | Hadoop | Java | import | pipeline | report | load | tables |
      |---|---|---:|---:|---:|---:|---|
      """;

  private static final ClusterOptions CLUSTER = new ClusterOptions(1, 4_096, 1_024, "700m");
  private static final String TOPIC = "events";
  private static final String MAPPING = "--mapping=clickmill";

  private final Path folder;
  private final ClickmillRuns runs;
  private final KafkaBroker broker;
  private final Fingerprints expected;
  private int number;

  private VersionRuns(Path folder, ClickmillRuns runs, KafkaBroker broker, Fingerprints expected) {
    this.folder = folder;
    this.runs = runs;
    this.broker = broker;
    this.expected = expected;
  }

  /**
   * What became of one version.
   *
   * @param problem why it is not good, or null
   */
  record Outcome(String row, String problem) {
    boolean isGood() {
      return problem == null;
    }
  }

  /** Makes the events, their tables without a cluster, and a topic of them. */
  static VersionRuns prepare(Path home, Path folder, long events)
      throws IOException, InterruptedException {
    var runs = new ClickmillRuns(home, folder);
    var raw = raw(folder);
    var shop = folder.resolve("shop");
    runs.embedded(
        List.of("generate", "--output=" + raw, "--events=" + events, "--days=2", "--format=csv"));
    runs.embedded(List.of("import", "--warehouse=" + shop, MAPPING, "--input=" + raw));
    runs.embedded(List.of("pipeline", "--warehouse=" + shop));
    var expected =
        Fingerprints.of(
            Warehouse.open(new org.apache.hadoop.fs.Path(shop.toUri()), new Configuration()));
    var broker =
        KafkaBroker.start(home.resolve("testdata/kafka/target/lib"), folder.resolve("kafka"));
    boolean isReady = false;
    try {
      runs.embedded(
          List.of(
              "publish",
              "--bootstrap-servers=" + broker.bootstrapServers(),
              "--topic=" + TOPIC,
              MAPPING,
              "--input=" + raw));
      isReady = true;
      return new VersionRuns(folder, runs, broker, expected);
    } finally {
      if (!isReady) {
        broker.close();
      }
    }
  }

  private static Path raw(Path folder) {
    return folder.resolve("raw");
  }

  /** Runs all on a cluster of its own. */
  Outcome run(Software software) throws IOException, InterruptedException {
    number++;
    var of = String.format(Locale.ROOT, "| %s | %s |", software.version(), software.javaVersion());
    System.err.printf(
        "Running Hadoop %s on Java %s.%n", software.version(), software.javaVersion());
    var clusterFolder = folder.resolve("cluster-" + number);
    try (var cluster = HadoopCluster.start(clusterFolder, software, CLUSTER)) {
      var hook = new Thread(cluster::close, "stop-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      var row = new StringBuilder(of);
      var problem = run(cluster, row);
      row.append(problem == null ? " equal |\n" : " **" + problem + "** |\n");
      return new Outcome(row.toString(), problem);
    } catch (BigDayException e) {
      var problem = e.getMessage().lines().findFirst().orElse("");
      return new Outcome(of + " | | | | **" + problem + "** |\n", problem);
    }
  }

  /** What is wrong with the tables, or null. */
  private String run(HadoopCluster cluster, StringBuilder row)
      throws IOException, InterruptedException {
    var configuration = cluster.configuration();
    try (var fileSystem = FileSystem.newInstance(configuration)) {
      fileSystem.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(raw(folder).toUri()),
          new org.apache.hadoop.fs.Path("/raw"));
    }
    time(cluster, row, "import", "--warehouse=/shop", MAPPING, "--input=/raw");
    time(cluster, row, "pipeline", "--warehouse=/shop");
    time(cluster, row, "report", "--warehouse=/shop", "--output=/report.html");
    time(
        cluster,
        row,
        "load",
        "--warehouse=/loaded",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + TOPIC,
        MAPPING,
        "--start=earliest",
        "--as-of=2019-10-03T01:00:00Z");
    var differences = made(configuration, "/shop").differences(expected);
    differences.addAll(events(made(configuration, "/loaded")).differences(events(expected)));
    return differences.isEmpty()
        ? null
        : differences.size() + " partitions differ, such as " + differences.get(0);
  }

  private void time(HadoopCluster cluster, StringBuilder row, String... arguments)
      throws IOException, InterruptedException {
    double seconds = runs.onCluster(cluster, CLUSTER.heap(), List.of(arguments));
    row.append(String.format(Locale.ROOT, " %.0f s |", seconds));
  }

  private static Fingerprints made(Configuration configuration, String root) throws IOException {
    return Fingerprints.of(
        Warehouse.open(
            new org.apache.hadoop.fs.Path(configuration.get("fs.defaultFS") + root),
            configuration));
  }

  private static Fingerprints events(Fingerprints all) {
    var events = new TreeMap<>(all.byPartition());
    events.keySet().removeIf(partition -> !partition.startsWith(Datasets.EVENTS + "/"));
    return new Fingerprints(events);
  }

  @Override
  public void close() {
    broker.close();
  }
}
