package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.WorkflowJob;
import org.clickmill.testdata.generate.FileFormat;
import org.clickmill.testdata.generate.FilePer;
import org.clickmill.testdata.generate.GenerateFiles;
import org.clickmill.testdata.generate.GeneratorOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a real server makes of a java action that runs a command. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OozieServerIT {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);

  private final MiniCluster cluster;
  private final OozieJobs jobs;
  private Applications applications;
  private FileSystem fileSystem;

  OozieServerIT(Servers servers) throws IOException {
    cluster = servers.cluster();
    jobs = new OozieJobs(servers);
  }

  @BeforeAll
  void deploy() throws IOException {
    fileSystem = FileSystem.get(cluster.configuration());
    applications =
        Applications.deploy(cluster, new Path("/apps/commands"), new Configuration(false));
  }

  @Test
  void figuresOfACommandAreTheOutputOfItsAction() throws Exception {
    new GenerateFiles(cluster.configuration(), FileFormat.CSV, FilePer.DAY, false)
        .run(new GeneratorOptions(7, 500, DAY, 1), new Path("/commands/raw"), written -> {});
    var job =
        jobs.succeed(
            run(
                "import",
                "import",
                "--input=/commands/raw",
                "--mapping=rees46",
                "--warehouse=/commands/shop"));
    var output = new Properties();
    output.load(new StringReader(OozieJobs.action(job, "command").getData()));
    assertThat(output)
        .containsEntry("command", "import")
        .containsEntry("read", "500")
        .containsEntry("written", "500")
        .containsEntry("hours", "24");
    assertThat(fileSystem.exists(new Path("/commands/shop/events/dt=2019-10-01/hr=23/_SUCCESS")))
        .isTrue();
  }

  @Test
  void exitCodeIsTheErrorCodeAndWrongUsageIsFinal() throws Exception {
    var job = jobs.end(run("usage", "status", "--no-such-option"), WorkflowJob.Status.KILLED);
    var action = OozieJobs.action(job, "command");
    assertThat(action.getErrorCode()).isEqualTo("2");
    assertThat(action.getUserRetryCount()).isZero();
  }

  @Test
  void failureIsTriedAgain() throws Exception {
    try (var out = fileSystem.create(new Path("/commands/cut.csv.gz"))) {
      out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
    }
    var job =
        jobs.end(
            run(
                "failure",
                "import",
                "--input=/commands/cut.csv.gz",
                "--mapping=rees46",
                "--warehouse=/commands/other",
                "-D",
                "mapreduce.map.maxattempts=1"),
            WorkflowJob.Status.KILLED);
    var action = OozieJobs.action(job, "command");
    assertThat(action.getErrorCode()).isEqualTo("1");
    assertThat(action.getUserRetryCount()).isEqualTo(1);
    assertThat(
            fileSystem.exists(new Path("/commands/other/_oozie/" + job.getId() + "/command.json")))
        .isTrue();
  }

  /** Runs a command as the only action of a workflow. */
  private String run(String name, String... words) throws Exception {
    var arguments = new StringBuilder();
    for (var word : words) {
      arguments.append("<arg>").append(word).append("</arg>");
    }
    applications.putWorkflow(
        name,
        """
        <workflow-app xmlns="uri:oozie:workflow:1.0" name="%s">
          <start to="command"/>
          <action name="command" retry-max="1" retry-interval="0">
            <java>
              <resource-manager>${resourceManager}</resource-manager>
              <name-node>${nameNode}</name-node>
              <launcher><memory.mb>1024</memory.mb></launcher>
              <main-class>org.clickmill.drivers.oozie.OozieAction</main-class>
              %s
              <capture-output/>
            </java>
            <ok to="end"/>
            <error to="failed"/>
          </action>
          <kill name="failed"><message>It failed</message></kill>
          <end name="end"/>
        </workflow-app>
        """
            .formatted(name, arguments));
    var properties = applications.properties();
    properties.setProperty(
        "oozie.wf.application.path", properties.getProperty("oozieApps") + "/" + name);
    return jobs.run(properties);
  }
}
