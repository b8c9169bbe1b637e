package org.clickmill.benchmarks;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.testdata.kafka.KafkaBroker;

/**
 * Measures how old a purchase is when it is in live_sales and when it is back in a topic, while
 * {@code load --follow --live} runs and purchases come at a steady rate.
 *
 * @param seconds how long purchases are sent
 */
record FreshnessRun(ClickmillCommand command, Path folder, int seconds) {
  private static final int RATE = 1_000;
  private static final String TOPIC = "purchases";
  private static final String PUSHED = "live";
  private static final long POLL_MILLISECONDS = 50;
  private static final Duration FIRST_LOAD = Duration.ofMinutes(5);
  private static final double TICKS_A_SECOND = 100;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /**
   * What was found; ages in seconds.
   *
   * @param place where the records are awaited
   */
  record Freshness(
      String place, long records, double median, double p95, double maximum, double cpuShare) {}

  /** The order lines of live_sales at a time. */
  private record Seen(long time, long lines) {}

  List<Freshness> results() throws IOException, InterruptedException, SQLException {
    var home = folder.resolve("fresh");
    GeneratedWarehouse.delete(home);
    Files.createDirectories(home);
    try (var broker = start(home)) {
      command.run(
          "publish",
          "--bootstrap-servers",
          broker.bootstrapServers(),
          "--topic",
          TOPIC,
          "--partitions",
          "1",
          "--events",
          "1",
          "--days",
          "1");
      var load = load(home, broker.bootstrapServers());
      try {
        return results(home, broker.bootstrapServers(), load);
      } finally {
        load.destroy();
        load.waitFor();
      }
    }
  }

  private KafkaBroker start(Path home) throws IOException, InterruptedException {
    try {
      return KafkaBroker.start(command.kafka(), home.resolve("kafka"));
    } catch (ClickmillException e) {
      throw new BenchmarkException("%s", e.getMessage());
    }
  }

  /** The record that made the topic is older than the loader may take, so it is not loaded. */
  private Process load(Path home, String servers) throws IOException {
    var builder =
        new ProcessBuilder(
            command.home().resolve("clickmill").toString(),
            "load",
            "--warehouse",
            home.resolve("shop").toString(),
            "--bootstrap-servers",
            servers,
            "--topic",
            TOPIC,
            "--mapping",
            "clickmill",
            "--start",
            "latest",
            "--follow",
            "--live",
            "-D",
            "clickmill.load.follow-seconds=1",
            "-D",
            "clickmill.push.bootstrap-servers=" + servers,
            "-D",
            "clickmill.push=live_sales=" + PUSHED);
    builder.environment().put("CLICKMILL_EMBEDDED", "1");
    builder.redirectErrorStream(true).redirectOutput(home.resolve("load.log").toFile());
    return builder.start();
  }

  private List<Freshness> results(Path home, String servers, Process load)
      throws IOException, InterruptedException, SQLException {
    awaitFirstLoad(home, load);
    var times = home.resolve("times");
    double cpuBefore = cpuSeconds(load);
    long begin = System.nanoTime();
    var sender =
        new ProcessBuilder(
                MeasuredProcess.java(),
                "-cp",
                System.getProperty("java.class.path") + ":" + command.kafka() + "/*",
                FreshnessProcess.class.getName(),
                servers,
                TOPIC,
                PUSHED,
                Integer.toString(RATE),
                Integer.toString(seconds),
                times.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("sender.log").toFile())
            .start();
    List<Seen> seen;
    try {
      seen = watch(home.resolve("shop"), sender, load);
    } finally {
      sender.destroy();
    }
    double cpuShare = (cpuSeconds(load) - cpuBefore) / ((System.nanoTime() - begin) / 1e9);
    if (sender.waitFor() != 0) {
      throw new BenchmarkException(
          "Cannot measure freshness: see %s and %s",
          home.resolve("sender.log"), home.resolve("load.log"));
    }
    var sent = new long[RATE * seconds];
    var pushed = new long[sent.length];
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(times)))) {
      for (var array : List.of(sent, pushed)) {
        for (int i = 0; i < array.length; i++) {
          array[i] = in.readLong();
        }
      }
    }
    return List.of(
        freshness("live_sales", sent, inTable(seen, sent.length), cpuShare),
        freshness("the topic", sent, pushed, cpuShare));
  }

  /** The loader has asked Kafka where the topic ends, so whatever comes now is loaded. */
  private static void awaitFirstLoad(Path home, Process load)
      throws IOException, InterruptedException {
    var commits = home.resolve("shop/_loader/commits");
    long deadline = System.nanoTime() + FIRST_LOAD.toNanos();
    while (!Files.isDirectory(commits)) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "The loader has committed nothing within %d s: see %s",
            FIRST_LOAD.toSeconds(), home.resolve("load.log"));
      }
      if (!load.isAlive()) {
        throw new BenchmarkException("The loader has ended: see %s", home.resolve("load.log"));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
    }
  }

  /** Looks at the table whenever it is published, until the sender ends. */
  private static List<Seen> watch(Path warehouse, Process sender, Process load)
      throws IOException, InterruptedException, SQLException {
    var seen = new ArrayList<Seen>();
    String published = "";
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("SET threads = 1");
      boolean isOver = false;
      while (!isOver) {
        isOver = sender.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (!load.isAlive()) {
          throw new BenchmarkException("The loader has ended: see its log beside %s", warehouse);
        }
        var now = manifests(warehouse.resolve("live_sales"));
        if (now.isEmpty() || now.equals(published)) {
          continue;
        }
        try (var result =
            statement.executeQuery(
                "SELECT sum(order_lines) FROM '" + warehouse + "/live_sales/*/*.parquet'")) {
          result.next();
          seen.add(new Seen(System.currentTimeMillis(), result.getLong(1)));
          published = now;
        } catch (SQLException e) {
          // Between the two moves of a publication; the next look finds the files.
        }
      }
    }
    return seen;
  }

  private static String manifests(Path table) throws IOException {
    var text = new StringBuilder();
    if (Files.isDirectory(table)) {
      try (var days = Files.list(table)) {
        for (var day : days.sorted().toList()) {
          try {
            text.append(Files.getLastModifiedTime(day.resolve("_MANIFEST.json")));
          } catch (IOException e) {
            return ""; // It is just being published.
          }
        }
      }
    }
    return text.toString();
  }

  /** When each record was in the table; 0 if it was not found there. */
  private static long[] inTable(List<Seen> seen, int records) {
    var times = new long[records];
    int known = 0;
    for (var look : seen) {
      for (; known < Math.min(look.lines(), records); known++) {
        times[known] = look.time();
      }
    }
    if (known < records) {
      throw new BenchmarkException(
          "Cannot measure freshness: live_sales has %,d of %,d records", known, records);
    }
    return times;
  }

  private static Freshness freshness(String place, long[] sent, long[] arrived, double cpuShare) {
    var ages = new double[sent.length];
    for (int i = 0; i < ages.length; i++) {
      ages[i] = (arrived[i] - sent[i]) / 1e3;
    }
    Arrays.sort(ages);
    return new Freshness(
        place,
        ages.length,
        ages[ages.length / 2],
        ages[(int) Math.ceil(0.95 * ages.length) - 1],
        ages[ages.length - 1],
        cpuShare);
  }

  /** Processor time of a process that runs, user's and system's. */
  private static double cpuSeconds(Process process) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
        / TICKS_A_SECOND;
  }

  /** The versions of all that takes part. */
  Map<String, String> versions() throws IOException, InterruptedException {
    return command.versions();
  }
}
