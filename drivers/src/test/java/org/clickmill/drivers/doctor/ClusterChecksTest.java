package org.clickmill.drivers.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.security.UserGroupInformation.AuthenticationMethod;
import org.apache.hadoop.yarn.api.records.QueueACL;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.api.records.QueueUserACLInfo;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.util.Records;
import org.clickmill.drivers.doctor.ContainerProbe.Answer;
import org.clickmill.drivers.doctor.LoginCheck.Login;
import org.clickmill.drivers.doctor.LoginCheck.LoginSource;
import org.clickmill.drivers.doctor.QueueCheck.Size;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.jobs.LocalWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clusters answer, made up. */
final class ClusterChecksTest {
  private static final LoginSource SIMPLE =
      () -> new Login(false, "miller", AuthenticationMethod.SIMPLE, false);
  private static final LoginSource KERBEROS =
      () -> new Login(true, "miller@MILL", AuthenticationMethod.KERBEROS, true);
  private static final ContainerReport REPORT =
      new ContainerReport("17.0.13", "/jdk", "3.4.1", "yarn", "node-7", 800, true, 0);

  @TempDir Path folder;

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(Finding::text).toList();
  }

  private static QueueInfo queue(QueueState state, float maximum) {
    var queue = Records.newRecord(QueueInfo.class);
    queue.setQueueName("nightly");
    queue.setQueueState(state);
    queue.setCapacity(0.4f);
    queue.setMaximumCapacity(maximum);
    queue.setCurrentCapacity(0);
    return queue;
  }

  private static String judge(QueueInfo info, QueueACL... rights) {
    return QueueCheck.queue(
            "nightly", info, List.of(QueueUserACLInfo.newInstance("root.nightly", List.of(rights))))
        .text();
  }

  @Test
  void queueIsThereAndRunningAndTheUsers() {
    assertThat(judge(queue(QueueState.RUNNING, 0.5f), QueueACL.SUBMIT_APPLICATIONS))
        .isEqualTo(
            "ok       queue: 'nightly' is running, with 40 % of the cluster and at most 50 %; 0 %"
                + " of its share is in use");
    var advice =
        " Name another by -D mapreduce.job.queuename=QUEUE, or ask the cluster's administrator.";
    assertThat(judge(null, QueueACL.SUBMIT_APPLICATIONS))
        .isEqualTo("failed   queue: there is no queue 'nightly'." + advice);
    assertThat(judge(queue(QueueState.STOPPED, 0.5f), QueueACL.SUBMIT_APPLICATIONS))
        .isEqualTo("failed   queue: 'nightly' is STOPPED, and takes no jobs." + advice);
    assertThat(judge(queue(QueueState.RUNNING, 0.5f), QueueACL.ADMINISTER_QUEUE))
        .isEqualTo("failed   queue: the user may not submit jobs to 'nightly'." + advice);
    assertThat(judge(queue(QueueState.RUNNING, 0), QueueACL.SUBMIT_APPLICATIONS))
        .isEqualTo("failed   queue: 'nightly' has a maximum capacity of 0." + advice);
  }

  @Test
  void containersThatAreTooLargeAreNamedBySetting() {
    var asked =
        List.of(
            new Size("map tasks", 2048, "mapreduce.map.memory.mb", 1),
            new Size("reduce tasks", 1024, "mapreduce.reduce.memory.mb", 9));
    assertThat(QueueCheck.sizes(asked, Resource.newInstance(8192, 16), 3).text())
        .isEqualTo(
            "ok       container sizes: 2,048 MB for map tasks, 1,024 MB for reduce tasks; the"
                + " largest that the cluster gives (nodes: 3) has 8,192 MB and 16 cores");
    assertThat(QueueCheck.sizes(asked, Resource.newInstance(1024, 8), 3).text())
        .startsWith("failed   container sizes: 2,048 MB for map tasks")
        .endsWith(". Lower mapreduce.map.memory.mb, the cores of reduce tasks.");
    assertThat(QueueCheck.sizes(asked, Resource.newInstance(1024, 8), 0).text())
        .isEqualTo(
            "failed   container sizes: no node of the cluster is up. Start the NodeManagers, or ask"
                + " who runs them.");
  }

  @Test
  void withoutAClusterThereIsNoQueueAndNoContainer() throws Exception {
    var local = new Configuration(false);
    assertThat(texts(new QueueCheck(local).run()))
        .containsExactly("skipped  queue: jobs run in this process, without a cluster");
    assertThat(texts(new ContainerCheck(true, SIMPLE, () -> null).run()))
        .containsExactly("skipped  containers: jobs run in this process, without a cluster");
  }

  @Test
  void containerTellsWhatItIs() throws Exception {
    assertThat(texts(new ContainerCheck(false, SIMPLE, () -> new Answer(REPORT, -4000)).run()))
        .containsExactly(
            "ok       containers: Java 17.0.13 in /jdk, as user yarn on node-7, with a heap of 800"
                + " MB",
            "ok       Hadoop of the containers: 3.4.1",
            "ok       native library of the containers: loaded",
            "ok       clock of the containers: it is within 5 s of the client's");
  }

  @Test
  void containerWithoutTheNativeLibraryFailsWithKerberosOnly() throws Exception {
    var report = new ContainerReport("17", "/jdk", "3.1.1", "yarn", "", 800, false, 0);
    assertThat(texts(new ContainerCheck(false, SIMPLE, () -> new Answer(report, 0)).run()))
        .contains(
            "ok       containers: Java 17 in /jdk, as user yarn, with a heap of 800 MB",
            "failed   Hadoop of the containers: 3.1.1, and 3.3.6 is the oldest. Ask the cluster's"
                + " administrator for one that is supported.",
            "ok       native library of the containers: not there, and only needed with Kerberos");
    assertThat(texts(new ContainerCheck(false, KERBEROS, () -> new Answer(report, 0)).run()))
        .anyMatch(
            text ->
                text.startsWith(
                    "failed   native library of the containers: it is not there, and with Kerberos"
                        + " no reduce task runs without it. Install "));
  }

  @Test
  void javaOfContainersThatIsTooOldIsNamed() throws Exception {
    ContainerCheck.Prober prober =
        () -> {
          throw ClickmillException.failed(
              "the job job_1_1 failed: Error: java.lang.UnsupportedClassVersionError: A");
        };
    assertThat(texts(new ContainerCheck(false, SIMPLE, prober).run()))
        .containsExactly(
            "failed   containers: the job job_1_1 failed: Error:"
                + " java.lang.UnsupportedClassVersionError: A. Name the folder of a Java 17 or"
                + " newer that all nodes have by -D clickmill.java-home=FOLDER.");
  }

  @Test
  void reasonOfAJobIsTheLineThatNamesTheError() {
    assertThat(
            ContainerProbe.reason(
                List.of(
                    "Application failed 1 times due to AM Container exited with  exitCode: 127",
                    "Failing this attempt.Diagnostics: Exception from container-launch.",
                    "",
                    "[2026-11-30 18:19:53]Container exited with a non-zero exit code 127. Error"
                        + " file: prelaunch.err.",
                    "/bin/bash: line 1: /none/bin/java: No such file or directory",
                    "Last 4096 bytes of stderr")))
        .isEqualTo("/bin/bash: line 1: /none/bin/java: No such file or directory");
    assertThat(ContainerProbe.reason(List.of("Task failed task_1", "Job failed")))
        .isEqualTo("Task failed task_1");
    assertThat(ContainerProbe.reason(List.of()))
        .isEqualTo("the cluster does not say why; look into its log");
  }

  @Test
  void probeOfTheLocalRunnerTellsOfThisProcessAndLeavesNothing() throws Exception {
    var shop = folder.resolve("shop");
    var configuration = LocalWarehouse.configuration(folder.resolve("scratch"));
    var answer =
        new ContainerProbe(
                new org.apache.hadoop.fs.Path(shop.toUri()), configuration, Clock.systemUTC())
            .ask();
    assertThat(answer.report().java()).isEqualTo(System.getProperty("java.version"));
    assertThat(answer.report().user()).isEqualTo(System.getProperty("user.name"));
    assertThat(answer.aheadMillis()).isBetween(-2000L, 2000L);
    assertThat(shop).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.clickmill-doctor*");
  }

  @Test
  void clocksThatAreApartAreWarnedOfAndMinutesFail() {
    assertThat(Skew.judge("clock", "it is", 5000).text())
        .isEqualTo("ok       clock: it is within 5 s of the client's");
    var advice = ". Have chrony or ntpd set the clocks of the client and of all nodes.";
    assertThat(Skew.judge("clock", "it is", 5001).text())
        .isEqualTo("warning  clock: it is 5 s ahead of the client's" + advice);
    assertThat(Skew.judge("clock", "it is", -300_000).text())
        .isEqualTo("warning  clock: it is 300 s behind the client's" + advice);
    assertThat(Skew.judge("clock", "it is", -3_600_000).text())
        .isEqualTo("failed   clock: it is 3,600 s behind the client's" + advice);
  }

  @Test
  void warehouseThatSpansZonesFails() {
    var regions = new TreeMap<org.apache.hadoop.fs.Path, String>();
    var root = new org.apache.hadoop.fs.Path("hdfs://mill/shop");
    regions.put(root, "in no encryption zone");
    regions.put(new org.apache.hadoop.fs.Path(root, "_trash"), "in no encryption zone");
    assertThat(RegionCheck.judge(regions).text())
        .isEqualTo(
            "ok       encryption zone or disk: the whole warehouse is in no encryption zone");
    regions.put(new org.apache.hadoop.fs.Path(root, "sales"), "in the encryption zone /shop/sales");
    assertThat(RegionCheck.judge(regions).text())
        .isEqualTo(
            "failed   encryption zone or disk: hdfs://mill/shop is in no encryption zone, but"
                + " hdfs://mill/shop/sales is in the encryption zone /shop/sales. Nothing can be"
                + " published across that border: put the whole warehouse into one.");
  }

  private static String quota(long quota, long files, long spaceQuota, long consumed) {
    var usage =
        new QuotaUsage.Builder()
            .quota(quota)
            .fileAndDirectoryCount(files)
            .spaceQuota(spaceQuota)
            .spaceConsumed(consumed)
            .build();
    return SpaceCheck.judge(new org.apache.hadoop.fs.Path("/shop"), usage, 3 << 10).text();
  }

  @Test
  void quotaIsJudgedByWhatItLeaves() {
    assertThat(quota(-1, 5, -1, 5)).isEqualTo("ok       quota: /shop has none");
    assertThat(quota(Long.MAX_VALUE, 5, -1, 5)).isEqualTo("ok       quota: /shop has none");
    assertThat(quota(1000, 100, 1 << 20, 1 << 19))
        .isEqualTo(
            "ok       quota: /shop has 900 of 1,000 names left, 512 KB of 1 MB left (replicas"
                + " count)");
    var advice = ". Have an administrator raise it (hdfs dfsadmin -setQuota, -setSpaceQuota).";
    assertThat(quota(1000, 901, -1, 0))
        .isEqualTo("warning  quota: /shop has 99 of 1,000 names left" + advice);
    assertThat(quota(1000, 1000, -1, 0))
        .isEqualTo("failed   quota: /shop has 0 of 1,000 names left" + advice);
    assertThat(quota(-1, 0, 1 << 20, (1 << 20) - 1024))
        .isEqualTo(
            "failed   quota: /shop has 1 KB of 1 MB left (replicas count), and a file takes 3"
                + " KB while it is written"
                + advice);
  }
}
