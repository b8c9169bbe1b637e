package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.clickmill.testdata.kafka.KafkaBroker;

/**
 * The rounds of a {@link LiveCluster}. The loader's own messages tell when a round's events have
 * been counted, and when what they changed has been pushed.
 */
final class LiveClusterRun {
  private static final ClusterOptions CLUSTER = new ClusterOptions(2, 3_072, 1_024, "800m");
  private static final String TOPIC = "purchases";

  private static final Pattern UPDATED =
      Pattern.compile("Live tables stand at commit \\d+: ([\\d,]+) events read");
  private static final Pattern PUSHED = Pattern.compile("Pushed live_sales");

  private static final double PATIENCE_SECONDS = 600;
  private static final long PAUSE_MILLIS = 100;

  private final Path home;
  private final Path folder;
  private final Path log;
  private final ClickmillRuns runs;
  private final int rounds;
  private final long events;

  /**
   * @param home the repository's root folder
   * @param rounds how many are measured, after one that is not
   * @param events of a round
   */
  LiveClusterRun(Path home, Path folder, int rounds, long events) throws IOException {
    this.home = home;
    this.folder = folder;
    this.log = folder.resolve("load.log");
    this.runs = new ClickmillRuns(home, folder);
    this.rounds = rounds;
    this.events = events;
  }

  /** Seconds from the last record of a round until its events are there. */
  private record Age(double table, double topic) {}

  void run() throws IOException, InterruptedException {
    try (var broker =
            KafkaBroker.start(home.resolve("testdata/kafka/target/lib"), folder.resolve("kafka"));
        var cluster =
            HadoopCluster.start(folder.resolve("cluster"), Software.built(home), CLUSTER)) {
      publish(broker, 0);
      var ages = new ArrayList<Age>();
      try (var loader =
          ServerProcess.start(
              cluster.software(),
              "org.apache.hadoop.util.RunJar",
              cluster.classPath(),
              load(broker),
              log)) {
        // The job jar goes to the cluster, and classes are loaded: as it is once a day.
        await(loader, events);
        for (int round = 1; round <= rounds; round++) {
          publish(broker, round);
          var age = await(loader, events * (round + 1));
          ages.add(age);
          System.out.printf(
              Locale.ROOT,
              "round %d: in live_sales after %.1f s, in the topic after %.1f s%n",
              round,
              age.table(),
              age.topic());
        }
      }
      tell("in live_sales", ages.stream().map(Age::table).sorted().toList());
      tell("in the topic", ages.stream().map(Age::topic).sorted().toList());
    }
  }

  private List<String> load(KafkaBroker broker) {
    var servers = broker.bootstrapServers();
    return List.of(
        folder.resolve("clickmill.jar").toString(),
        "load",
        "--warehouse=/shop",
        "--bootstrap-servers=" + servers,
        "--topic=" + TOPIC,
        "--mapping=clickmill",
        "--start=earliest",
        // Of a day that is over, none of whose hours is sealed.
        "--as-of=2019-10-01T23:59:00Z",
        "-Dclickmill.load.allowed-lateness-minutes=2880",
        "--follow",
        "--live",
        "-Dclickmill.load.follow-seconds=1",
        "-Dclickmill.push=live_sales=live",
        "-Dclickmill.push.bootstrap-servers=" + servers);
  }

  private void publish(KafkaBroker broker, int seed) throws IOException, InterruptedException {
    runs.embedded(
        List.of(
            "publish",
            "--bootstrap-servers=" + broker.bootstrapServers(),
            "--topic=" + TOPIC,
            "--partitions=1",
            "--events=" + events,
            "--days=1",
            "--seed=" + (seed + 1)));
  }

  /** Waits until the given total of events has been counted and pushed. */
  private Age await(ServerProcess loader, long total) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    double table = -1;
    while (true) {
      loader.requireAlive();
      var text = Files.readString(log);
      var updates = UPDATED.matcher(text).results().toList();
      long counted =
          updates.stream()
              .mapToLong(update -> Long.parseLong(update.group(1).replace(",", "")))
              .sum();
      double seconds = (double) (System.nanoTime() - begin) / TimeUnit.SECONDS.toNanos(1);
      if (counted >= total && table < 0) {
        table = seconds;
      }
      if (table >= 0 && PUSHED.matcher(text).results().count() >= updates.size()) {
        return new Age(table, seconds);
      }
      if (seconds > PATIENCE_SECONDS) {
        throw new BigDayException("Cannot go on: nothing has come for ten minutes; see %s", log);
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static void tell(String where, List<Double> seconds) {
    int last = seconds.size() - 1;
    System.out.printf(
        Locale.ROOT,
        "%s: p50 %.1f s, p95 %.1f s, maximum %.1f s%n",
        where,
        seconds.get(last / 2),
        seconds.get((int) Math.ceil(0.95 * last)),
        seconds.get(last));
  }
}
