package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.yarn.api.records.ApplicationId;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A day in one step, whose launcher has a queue, a size and Java options of its own. */
@ExtendWith(ServersExtension.class)
final class DailySmallIT {
  private static final int LAUNCHER_MEGABYTES = 1200;

  /** Oozie gives four fifths of the memory to the heap. */
  private static final String LAUNCHER_HEAP = "960M";

  @TempDir java.nio.file.Path folder;

  private final MiniCluster cluster;
  private final OozieClient client;
  private final OozieJobs jobs;
  private final FileSystem fileSystem;
  private final Path warehouse;

  DailySmallIT(Servers servers) throws IOException {
    cluster = servers.cluster();
    client = servers.oozie().client();
    jobs = new OozieJobs(servers);
    fileSystem = FileSystem.get(cluster.configuration());
    warehouse = fileSystem.makeQualified(new Path("/small/shop"));
  }

  @Test
  void oneStepMakesTheTablesOfTheDayFromTheQueueOfTheLaunchers() throws Exception {
    RawEvents.generate(folder, 1000, 1);
    importInto(warehouse.toString());
    var applications = Applications.deploy(cluster, new Path("/apps/small"), jobsInTheLauncher());
    var properties = applications.properties("daily-small");
    properties.setProperty("warehouse", warehouse.toString());
    properties.setProperty("end", "2019-10-02T00:01Z");
    properties.setProperty("launcherQueue", "launchers");
    properties.setProperty("launcherMemoryMb", Integer.toString(LAUNCHER_MEGABYTES));
    properties.setProperty("launcherVcores", "2");
    var log = folder.resolve("launcher.log");
    properties.setProperty(
        "launcherJavaOpts", "-Djava.security.manager=allow -Xlog:gc+init:file=" + log);

    var coordinator = jobs.run(properties);
    var workflow =
        client.getJobInfo(
            jobs.await(coordinator, 1, CoordinatorAction.Status.SUCCEEDED).getExternalId());

    assertThat(workflow.getAppName()).isEqualTo("clickmill-daily-small");
    assertThat(workflow.getActions())
        .filteredOn(action -> action.getType().equals("java"))
        .extracting(WorkflowAction::getName)
        .containsExactly("pipeline");
    var expected = folder.resolve("expected").toString();
    importInto(expected);
    Commands.run("pipeline", "--day=2019-10-01", "--warehouse=" + expected);
    assertThat(Tables.of(warehouse).rows()).isEqualTo(Tables.of(new Path(expected)).rows());
    assertThat(fileSystem.exists(new Path(warehouse, "_reports/2019-10-01.html"))).isTrue();

    var action = OozieJobs.action(workflow, "pipeline");
    assertThat(action.getConf().replaceAll("\\s", ""))
        .contains("<name>oozie.launcher.vcores</name><value>2</value>");
    assertThat(log).content().contains("Heap Max Capacity: " + LAUNCHER_HEAP);
    assertThat(queue(action.getExternalId())).isEqualTo("root.launchers");
  }

  /** The jobs of so small a shop need no containers of their own. */
  private static Configuration jobsInTheLauncher() {
    var site = new Configuration(false);
    site.set("mapreduce.framework.name", "local");
    return site;
  }

  private String queue(String application) throws Exception {
    try (var yarn = YarnClient.createYarnClient()) {
      yarn.init(cluster.configuration());
      yarn.start();
      return yarn.getApplicationReport(ApplicationId.fromString(application)).getQueue();
    }
  }

  private void importInto(String root) {
    Commands.run(
        "import", "--input=" + folder.resolve("hours"), "--mapping=rees46", "--warehouse=" + root);
  }
}
