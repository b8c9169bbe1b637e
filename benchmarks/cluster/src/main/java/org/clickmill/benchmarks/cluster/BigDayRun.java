package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.benchmarks.cluster.BigDayReport.Step;
import org.clickmill.formats.warehouse.Warehouse;

/** One run: the cluster, the events, the commands, the report. */
final class BigDayRun {
  private static final String WAREHOUSE = "/shop";

  private final BigDayPlan plan;
  private final Path home;
  private final Path folder;
  private final ClickmillRuns runs;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean isGood = true;

  /**
   * @param home the repository's root folder
   * @param folder for everything
   */
  BigDayRun(BigDayPlan plan, Path home, Path folder) throws IOException {
    this.plan = plan;
    this.home = home;
    this.folder = folder;
    runs = new ClickmillRuns(home, folder);
  }

  /** Does it all, and prints the report; whether all went well. */
  boolean run() throws IOException, InterruptedException {
    var clusterFolder = folder.resolve("cluster");
    tell("Starting HDFS and YARN in %s.", folder);
    try (var cluster = HadoopCluster.start(clusterFolder, Software.built(home), plan.cluster())) {
      var hook = new Thread(cluster::close, "stop-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      var jobs = onCluster(cluster);
      var report = new BigDayReport(plan.title(), steps, jobs, remarks).markdown();
      Files.writeString(folder.resolve("results.md"), report);
      System.out.println(report);
    }
    if (!plan.keeps()) {
      OutputFolder.deleteFiles(clusterFolder, plan.cluster().nodes());
    }
    return isGood;
  }

  private List<JobFigures> onCluster(HadoopCluster cluster)
      throws IOException, InterruptedException {
    var configuration = cluster.configuration();
    var root = new org.apache.hadoop.fs.Path(configuration.get("fs.defaultFS") + WAREHOUSE);
    var raw = new org.apache.hadoop.fs.Path(configuration.get("fs.defaultFS") + "/raw");
    tell("Writing %,d events.", plan.day().options().events());
    step("generate", () -> write(configuration, root, raw));
    try (var sampler = new TaskSampler(folder)) {
      boolean isFinished = runAll(cluster);
      cluster.awaitIdle();
      var jobs =
          new JobHistory(root.getFileSystem(configuration), cluster.containerLogs(), sampler)
              .jobs();
      judge(jobs);
      if (isFinished && plan.verifies()) {
        var made = Fingerprints.of(Warehouse.open(root, configuration));
        compare(made, withoutCluster());
      }
      return jobs;
    }
  }

  /** Runs all commands; whether all went well. */
  private boolean runAll(HadoopCluster cluster) throws IOException, InterruptedException {
    try {
      if (plan.chaosSeed() == null) {
        runCommands(cluster);
      } else {
        try (var chaos = new Chaos(folder, cluster.configuration(), plan.chaosSeed())) {
          runCommands(cluster);
          remarks.add("Chaos with seed " + plan.chaosSeed() + ": " + chaos.summary());
        }
      }
      return true;
    } catch (BigDayException e) {
      // What was done until then is worth a report.
      blame("Not finished: " + e.getMessage());
      return false;
    }
  }

  private void runCommands(HadoopCluster cluster) throws IOException, InterruptedException {
    if (plan.imports()) {
      command(cluster, List.of("import", "--mapping=clickmill", "--input=/raw"));
    }
    command(cluster, List.of("pipeline"));
  }

  private void command(HadoopCluster cluster, List<String> command)
      throws IOException, InterruptedException {
    var arguments = new ArrayList<>(command);
    arguments.add("--warehouse=" + WAREHOUSE);
    if (plan.chaosSeed() != null) {
      Chaos.speculation().forEach(setting -> arguments.addAll(List.of("-D", setting)));
    }
    plan.settings().forEach(setting -> arguments.addAll(List.of("-D", setting)));
    tell("Running %s on the cluster.", command.get(0));
    steps.add(new Step(command.get(0), runs.onCluster(cluster, plan.cluster().heap(), arguments)));
  }

  private void write(
      Configuration configuration, org.apache.hadoop.fs.Path root, org.apache.hadoop.fs.Path raw)
      throws IOException {
    if (plan.imports()) {
      plan.day().writeTo(new CsvSink(raw.getFileSystem(configuration), raw));
    } else {
      plan.day()
          .writeTo(
              new HourSink(Warehouse.openOrCreate(root, configuration), plan.day().firstSecond()));
    }
  }

  private Fingerprints withoutCluster() throws IOException, InterruptedException {
    tell("Running the same without a cluster.");
    var configuration = new Configuration();
    var root = new org.apache.hadoop.fs.Path("file", null, folder.resolve("shop").toString());
    var raw = new org.apache.hadoop.fs.Path("file", null, folder.resolve("raw").toString());
    write(configuration, root, raw);
    var warehouse = "--warehouse=" + folder.resolve("shop");
    if (plan.imports()) {
      runs.embedded(
          List.of("import", "--mapping=clickmill", "--input=" + folder.resolve("raw"), warehouse));
    }
    double seconds = runs.embedded(List.of("pipeline", warehouse));
    remarks.add(String.format(Locale.ROOT, "Without a cluster: pipeline %.1f s.", seconds));
    var made = Fingerprints.of(Warehouse.open(root, configuration));
    if (!plan.keeps()) {
      OutputFolder.delete(folder.resolve("shop"));
      OutputFolder.delete(folder.resolve("raw"));
    }
    return made;
  }

  private void judge(List<JobFigures> jobs) {
    for (var job : jobs) {
      if (job.ranOutOfMemory()) {
        blame("Not bounded: a task ran out of memory in " + job.name());
      }
      if (!job.succeeded() && !isReplaceable(job)) {
        blame("Not successful: " + job.name());
      }
      job.failures().stream()
          .distinct()
          .limit(3)
          .forEach(failure -> remarks.add("Failed attempt in " + job.name() + ": " + failure));
    }
  }

  /** Whatever a container of small jobs had left when it was killed has run elsewhere. */
  private boolean isReplaceable(JobFigures job) {
    return plan.chaosSeed() != null && job.name().equals("small jobs");
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
      blame("Not the same rows:\n" + String.join("\n", differences));
    }
  }

  private void blame(String remark) {
    isGood = false;
    remarks.add(remark);
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
