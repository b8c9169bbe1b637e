package org.clickmill.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.clickmill.testdata.kafka.KafkaBroker;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A cluster on this machine that runs until it is stopped. */
@Command(
    name = "benchmarks/run-cluster",
    description = {
      "Starts HDFS, YARN and the history server as processes of their own on this machine, to try things on",
      "(nothing is protected without --kerberos; its files are deleted by the next start). Prints what to type in",
      "another terminal, where hadoop, hdfs and yarn are commands then, and ./clickmill runs its jobs there.",
      "Ctrl-C ends it.",
      ""
    },
    mixinStandardHelpOptions = true,
    usageHelpWidth = 105,
    footer = {
      "",
      "Examples:",
      "  benchmarks/run-cluster",
      "  benchmarks/run-cluster --ha --nodes 2",
      "  benchmarks/run-cluster --kerberos",
      "  benchmarks/run-cluster --kafka --hadoop 3.4.1"
    })
final class TrialCluster implements Callable<Integer> {
  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes run tasks (default: ${DEFAULT-VALUE}).")
  private int nodes = 1;

  @Option(
      names = "--node-mb",
      paramLabel = "N",
      description = "Memory of each node for containers of 1,024 MB (default: ${DEFAULT-VALUE}).")
  private int nodeMegabytes = 4096;

  @Option(
      names = "--ha",
      description = {
        "Start what lets any server be lost: two NameNodes with ZooKeeper and three JournalNodes, two"
            + " DataNodes, and a ResourceManager that goes on where it was killed."
      })
  private boolean isHighlyAvailable;

  @Option(
      names = "--kerberos",
      description = {
        "Start a KDC too: whoever has no ticket is refused. You get a ticket and a keytab; the broker of"
            + " --kafka stays open to all. Needs gcc."
      })
  private boolean isSecure;

  @Option(names = "--kafka", description = "Start a Kafka broker too.")
  private boolean hasKafka;

  @Option(
      names = "--hadoop",
      paramLabel = "VERSION",
      description =
          "Version of Hadoop, which is fetched with Maven (default: the one that is built with).")
  private String version;

  @Option(
      names = "--java-home",
      paramLabel = "DIR",
      description = "Home of Java, 17 or newer (default: of the one that runs this).")
  private Path javaHome;

  @Mixin private RunFolder run = new RunFolder();

  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    return new CommandLine(new TrialCluster())
        .setExecutionExceptionHandler(BigDay::fail)
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var options = new ClusterOptions(nodes, nodeMegabytes, 1024, "800m", isHighlyAvailable);
    var base = run.home();
    var software = Software.of(base, version, javaHome);
    var folder = run.prepare("cluster");
    System.err.printf("Starting HDFS and YARN in %s.%n", folder);
    try (var broker = hasKafka ? broker(base, folder) : null;
        var kerberos = isSecure ? Kerberos.start(base, folder) : null;
        var cluster = HadoopCluster.start(folder.resolve("cluster"), software, options, kerberos)) {
      var environment = ClusterCommands.write(folder, cluster, kerberos);
      System.out.print(text(environment, software, broker));
      if (isHighlyAvailable) {
        System.out.print(loss(folder));
      }
      if (kerberos != null) {
        System.out.print(login(kerberos));
      }
      System.out.println("\nCtrl-C ends it.");
      // The hook stops both when this process is asked to end.
      var end = new CountDownLatch(1);
      var hook =
          new Thread(
              () -> {
                cluster.close();
                if (broker != null) {
                  broker.close();
                }
                end.countDown();
              },
              "stop-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
      end.await();
    }
    return 0;
  }

  private static KafkaBroker broker(Path base, Path folder)
      throws IOException, InterruptedException {
    return KafkaBroker.start(base.resolve("testdata/kafka/target/lib"), folder.resolve("kafka"));
  }

  private String text(Path environment, Software software, KafkaBroker broker) throws IOException {
    return String.format(
        Locale.ROOT,
        """
        Hadoop %s on Java %s is up, with %d node%s of %,d MB.%s In another terminal:

          . %s
          hadoop fs -ls /
          ./clickmill import --help
        """,
        software.version(),
        software.javaVersion(),
        nodes,
        nodes == 1 ? "" : "s",
        nodeMegabytes,
        broker == null ? "" : " Kafka is at " + broker.bootstrapServers() + ".",
        environment);
  }

  private static String login(Kerberos kerberos) {
    return """

    You have a ticket of %1$s for a day. Without it:

      unset KRB5CCNAME
      ./clickmill status --warehouse hdfs:///shop --principal %1$s --keytab %2$s
    """
        .formatted(kerberos.principal(), kerberos.keytab());
  }

  private static String loss(Path folder) {
    return """

    The active NameNode, and its loss:

      hdfs haadmin -getAllServiceState
      kill -9 $(cat %s/namenode-1.pid)
    """
        .formatted(folder.resolve("cluster"));
  }
}
