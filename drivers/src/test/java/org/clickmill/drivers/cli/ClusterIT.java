package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;
import org.apache.hadoop.yarn.api.protocolrecords.KillApplicationRequest;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMApp;
import org.apache.hadoop.yarn.server.resourcemanager.rmapp.RMAppState;
import org.clickmill.formats.warehouse.HdfsDefaults;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a cluster as a stranger runs it: by {@code hadoop jar}, with nothing set, while
 * the cluster's own Avro and Jackson, which are older, come first on every class path.
 */
final class ClusterIT {
  /** The exit code of a process that ended by the signal. */
  private static final int SIGTERM = 128 + 15;

  @TempDir static Path folder;

  private static MiniDFSCluster hdfs;
  private static MiniMRYarnCluster yarn;
  private static JobJar jobJar;
  private static Path input;
  private static String classPath;

  @BeforeAll
  static void startCluster() throws Exception {
    jobJar = new JobJar(folder.resolve("processes"));
    input = SmallShop.generate(folder.resolve("raw"), 4000, 2);
    var configuration = new YarnConfiguration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    HdfsDefaults.apply(configuration);
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    configuration.set("fs.defaultFS", hdfs.getURI().toString());
    configuration.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    configuration.set("yarn.scheduler.minimum-allocation-mb", "128");
    configuration.set("yarn.nodemanager.delete.debug-delay-sec", "3600");
    yarn = new MiniMRYarnCluster("clickmill-cluster");
    yarn.init(configuration);
    yarn.start();
    var libraries = ClusterLibraries.classPath();
    ClusterSites.write(folder.resolve("conf"), yarn.getConfig(), libraries, "", "", Map.of());
    classPath =
        folder.resolve("conf") + File.pathSeparator + libraries.replace(",", File.pathSeparator);
  }

  @AfterAll
  static void stopCluster() {
    if (jobJar != null) {
      jobJar.close();
    }
    if (yarn != null) {
      yarn.stop();
    }
    if (hdfs != null) {
      hdfs.shutdown(true);
    }
  }

  @Test
  void tablesEqualThoseOfTheEmbeddedRun() throws Exception {
    var local = folder.resolve("shop").toString();
    var fileSystem = hdfs.getFileSystem();
    var remoteInput = new org.apache.hadoop.fs.Path("/data/raw");
    fileSystem.mkdirs(remoteInput.getParent());
    fileSystem.copyFromLocalFile(SmallShop.path(input), remoteInput);

    run("import", "--mapping=rees46", "--input=/data/raw", "--warehouse=/shop");
    var known = Set.copyOf(applications());
    run("pipeline", "--warehouse=/shop", "-D", "mapreduce.framework.name=yarn");
    var ofPipeline = applications().stream().filter(app -> isNew(app, known)).toList();
    var rerun = run("pipeline", "--warehouse=/shop");
    jobJar
        .embedded("import", "--mapping=rees46", "--input=" + input, "--warehouse=" + local)
        .succeed();
    jobJar.embedded("pipeline", "--warehouse=" + local).succeed();

    assertThat(rerun.out()).startsWith("Nothing to do: ");
    var warehouse =
        Warehouse.open(new org.apache.hadoop.fs.Path(hdfs.getURI() + "/shop"), new Configuration());
    var expected = SmallShop.rows(SmallShop.warehouse(folder.resolve("shop")));
    assertThat(expected)
        .containsKeys(
            "view_counts/dt=2019-10-01", "sales/dt=2019-10-02", "top_products/dt=2019-10-02");
    assertThat(SmallShop.rows(warehouse)).isEqualTo(expected);
    SmallShop.assertTidy(warehouse, "cluster");
    assertThat(ofPipeline)
        .as("jobs of a pipeline over little data")
        .extracting(RMApp::getName)
        .containsOnly("clickmill small jobs")
        .hasSizeLessThan(3);
    assertThat(launchScripts())
        .as("scripts that started the containers of import and pipeline")
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(
            script ->
                assertThat(script).contains("CLASSPATH=").contains(JobJar.TARGET + "/cluster/*"));
  }

  @Test
  void smallJobsRunByThemselvesWhenTheirContainerDies() throws Exception {
    run("import", "--mapping=rees46", "--input=" + input.toUri(), "--warehouse=/killed");
    var known = Set.copyOf(applications());
    var pipeline =
        jobJar.hadoopJar(
            classPath, "pipeline", "--tables=top_products,sales", "--warehouse=/killed");
    await(() -> applications().stream().anyMatch(app -> isNew(app, known) && isRunning(app)));
    var container =
        applications().stream().filter(app -> isNew(app, known)).findFirst().orElseThrow();
    yarn.getResourceManager()
        .getClientRMService()
        .forceKillApplication(KillApplicationRequest.newInstance(container.getApplicationId()));

    pipeline.succeed();

    assertThat(applications().stream().filter(app -> isNew(app, known)))
        .extracting(RMApp::getName)
        .contains("clickmill small jobs")
        .hasSizeGreaterThan(1);
    var warehouse =
        Warehouse.open(
            new org.apache.hadoop.fs.Path(hdfs.getURI() + "/killed"), new Configuration());
    assertThat(SmallShop.rows(warehouse))
        .containsKeys("sales/dt=2019-10-02", "top_products/dt=2019-10-01");
    SmallShop.assertTidy(warehouse, "after a container was killed");
  }

  @Test
  void topicIsLoadedByTheTasksOfTheCluster() throws Exception {
    var jars = Path.of(System.getProperty("clickmill.kafka"));
    try (var broker = KafkaBroker.start(jars, folder.resolve("kafka"))) {
      var server = "--bootstrap-servers=" + broker.bootstrapServers();
      run("publish", server, "--topic=shop", "--partitions=2", "--events=3000", "--days=1");
      // By two tasks.
      var load =
          run(
              "load",
              server,
              "--topic=shop",
              "--mapping=clickmill",
              "--start=earliest",
              "--as-of=2019-10-02T00:10:00Z",
              "--warehouse=/loaded",
              "-D",
              "clickmill.load.task-records=2000");
      assertThat(load.out())
          .startsWith("Commit 1: 3,000 records = 3,000 events + 0 late + 0 rejected ")
          .contains("24 hours sealed, all before 2019-10-02T00:00:00Z.");
      var rerun =
          run(
              "load",
              server,
              "--mapping=clickmill",
              "--as-of=2019-10-02T00:10:00Z",
              "--warehouse=/loaded");
      assertThat(rerun.out()).startsWith("Nothing to do: ");
    }
    var loaded =
        Warehouse.open(
            new org.apache.hadoop.fs.Path(hdfs.getURI() + "/loaded"), new Configuration());
    var hours = loaded.manifests("events", null, null);
    assertThat(hours).hasSize(24);
    assertThat(hours.values().stream().mapToLong(hour -> hour.fingerprint().rows()).sum())
        .isEqualTo(3000);
    assertThat(hours.values().stream().flatMap(hour -> hour.sources().stream()))
        .extracting(source -> source.identity().replaceFirst(".*-m-(\\d+).*", "$1"))
        .contains("00000", "00001");
  }

  @Test
  void messageOfAFailedTaskReachesTheUser() throws Exception {
    var file = folder.resolve("cut.csv.gz");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
    var run =
        jobJar
            .hadoopJar(
                classPath,
                "import",
                "--mapping=rees46",
                "--input=" + file.toUri(),
                "--warehouse=/other",
                "-D",
                "mapreduce.map.maxattempts=1")
            .finish();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("clickmill import: Cannot read ", "cut.csv.gz");
  }

  @Test
  void jobOfAnImportThatIsToldToEndIsKilled() throws Exception {
    var arguments =
        List.of("import", "--mapping=rees46", "--input=" + input.toUri(), "--warehouse=/ended");
    var known = Set.copyOf(applications());
    var ended = jobJar.hadoopJar(classPath, arguments.toArray(String[]::new));
    await(() -> applications().stream().anyMatch(app -> isNew(app, known) && isRunning(app)));
    ended.process().destroy();
    assertThat(ended.finish().exitCode()).isEqualTo(SIGTERM);
    assertThat(applications().stream().filter(app -> isNew(app, known)))
        .extracting(RMApp::getFinalApplicationStatus)
        .containsExactly(FinalApplicationStatus.KILLED);

    // Nor does the next one need the history server.
    var rerun = new ArrayList<>(arguments);
    rerun.addAll(List.of("-D", "mapreduce.jobhistory.address=localhost:1"));
    run(rerun.toArray(String[]::new));
    var warehouse =
        Warehouse.open(
            new org.apache.hadoop.fs.Path(hdfs.getURI() + "/ended"), new Configuration());
    assertThat(warehouse.manifests("events", null, null).values())
        .extracting(hour -> hour.fingerprint().rows())
        .satisfies(rows -> assertThat(rows.stream().mapToLong(Long::longValue).sum()).isPositive());
    SmallShop.assertTidy(warehouse, "after the import that was ended");
  }

  @Test
  void doctorFindsTheClusterWellAndLeavesItAsItWas() throws Exception {
    var known = Set.copyOf(applications());
    // Where others compute too, containers take their time.
    var run = run("doctor", "--warehouse=/checked/shop", "--timeout=5m");
    assertThat(run.out().lines())
        .noneMatch(line -> line.startsWith("failed"))
        .anyMatch(line -> line.startsWith("ok       queue: 'default' is running, with 100 %"))
        .anyMatch(line -> line.startsWith("ok       container sizes: 512 MB for map tasks, "))
        .anyMatch(
            line ->
                line.startsWith(
                    "ok       containers: Java " + System.getProperty("java.version") + " in "))
        .anyMatch(line -> line.startsWith("ok       Hadoop of the containers: 3."))
        .anyMatch(line -> line.startsWith("ok       clock of the containers: it is within 5 s"))
        .anyMatch(line -> line.startsWith("ok       warehouse: " + hdfs.getURI() + "/checked/shop"))
        .anyMatch(
            line ->
                line.startsWith("ok       encryption zone or disk: the whole warehouse is in no"))
        .anyMatch(line -> line.startsWith("ok       login: "))
        .contains("skipped  metastore: clickmill.metastore.uris is not set");
    assertThat(applications().stream().filter(app -> isNew(app, known)))
        .extracting(RMApp::getName)
        .containsExactlyInAnyOrder("clickmill doctor");
    assertThat(hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path("/checked"))).isFalse();
    assertThat(hdfs.getFileSystem().listStatus(new org.apache.hadoop.fs.Path("/")))
        .noneMatch(status -> status.getPath().getName().startsWith(".clickmill"));
  }

  @Test
  void doctorNamesAllThatIsWrongWithTheCluster() throws Exception {
    var run =
        jobJar
            .hadoopJar(
                classPath,
                "doctor",
                "--warehouse=/checked",
                "--timeout=2m",
                "-Dmapreduce.job.queuename=nosuch",
                "-Dmapreduce.map.memory.mb=999999",
                "-Dclickmill.metastore.uris=thrift://localhost:1")
            .finish();
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out().lines())
        .contains(
            "failed   queue: there is no queue 'nosuch'. Name another by -D"
                + " mapreduce.job.queuename=QUEUE, or ask the cluster's administrator.")
        .anyMatch(
            line ->
                line.startsWith("failed   container sizes: 999,999 MB for map tasks, ")
                    && line.endsWith(". Lower mapreduce.map.memory.mb."))
        .anyMatch(line -> line.startsWith("failed   containers: "))
        .anyMatch(
            line ->
                line.startsWith(
                    "failed   metastore: no server answers (thrift://localhost:1: Connection"
                        + " refused"))
        .anyMatch(line -> line.startsWith("ok       warehouse: "));
    assertThat(run.err()).contains("clickmill doctor: Clickmill will not run here as it is: 4 of ");
  }

  @Test
  void doctorTellsThatContainersHaveNoJava() throws Exception {
    var run =
        jobJar
            .hadoopJar(
                classPath,
                "doctor",
                "--warehouse=/checked",
                "--timeout=5m",
                "-Dclickmill.java-home=/no/java/here")
            .finish();
    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out().lines().filter(line -> line.startsWith("failed")))
        .singleElement()
        .asString()
        .startsWith("failed   containers: the job job_")
        .contains("/no/java/here/bin/java: No such file or directory. ")
        .endsWith(
            "Name the folder of a Java 17 or newer that all nodes have by -D"
                + " clickmill.java-home=FOLDER.");
  }

  private static Collection<RMApp> applications() {
    return yarn.getResourceManager().getRMContext().getRMApps().values();
  }

  private static boolean isNew(RMApp application, Set<RMApp> known) {
    return !known.contains(application);
  }

  private static boolean isRunning(RMApp application) {
    return application.getState() == RMAppState.RUNNING;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(100);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void oldAvroComesFirst() throws Exception {
    try (var loader = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader())) {
      var schema = loader.loadClass("org.apache.avro.Schema");
      assertThat(schema.getProtectionDomain().getCodeSource().getLocation().toString())
          .contains("avro-1.11.");
    }
  }

  private static URL[] urls() throws IOException {
    var urls = new ArrayList<URL>();
    for (var libraries : List.of(JobJar.TARGET.resolve("cluster"), ClusterLibraries.FOLDER)) {
      try (var jars = Files.list(libraries)) {
        for (var jar : jars.toList()) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static List<String> launchScripts() throws IOException {
    var scripts = new ArrayList<String>();
    try (var files = Files.walk(yarn.getTestWorkDir().toPath())) {
      for (var file : files.filter(file -> file.endsWith("launch_container.sh")).toList()) {
        scripts.add(Files.readString(file));
      }
    }
    return scripts;
  }

  private static CommandRun run(String... arguments) throws IOException, InterruptedException {
    return jobJar.hadoopJar(classPath, arguments).succeed();
  }
}
