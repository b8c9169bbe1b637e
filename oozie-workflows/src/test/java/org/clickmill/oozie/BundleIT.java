package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.rest.RestConstants;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundle over two days of long ago: a real broker has the events, the load action seals their
 * hours, and the tables must be those of {@code clickmill pipeline} over the same events.
 */
@ExtendWith(ServersExtension.class)
final class BundleIT {
  private static final LocalDate FIRST = RawEvents.FIRST_DAY;
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final int NOON = 12;
  private static final int EMPTY_HOUR = 4;
  private static final int LATE_HOUR = 10;

  @TempDir java.nio.file.Path folder;

  private final MiniCluster cluster;
  private final OozieClient client;
  private final OozieJobs jobs;
  private final FileSystem fileSystem;
  private final Path warehouse;
  private final Applications applications;
  private KafkaBroker broker;

  BundleIT(Servers servers) throws IOException {
    cluster = servers.cluster();
    client = servers.oozie().client();
    jobs = new OozieJobs(servers);
    fileSystem = FileSystem.get(cluster.configuration());
    warehouse = fileSystem.makeQualified(new Path("/bundle/shop"));
    applications = Applications.deploy(cluster, new Path("/apps/bundle"), Applications.smallJobs());
  }

  @Test
  void tablesOfTwoDaysAreThoseOfThePipelineWhateverHappens() throws Exception {
    var events = RawEvents.generate(folder, 6000, 2);
    events.delete(FIRST, EMPTY_HOUR);
    // The parts in which the events come, one after the other.
    var morning = folder.resolve("morning");
    var afternoon = folder.resolve("afternoon");
    var second = folder.resolve("second");
    var late = folder.resolve("late");
    events.moveHalf(FIRST, LATE_HOUR, late);
    events.move(FIRST, 0, EMPTY_HOUR - 1, morning);
    events.move(FIRST, EMPTY_HOUR + 1, NOON - 1, morning);
    events.move(FIRST, NOON, 23, afternoon);
    events.move(SECOND, 0, 23, second);

    try (var started = KafkaBroker.start(kafkaJars(), folder.resolve("broker"))) {
      broker = started;
      writeKafkaProperties();
      publish(morning);
      var bundle = jobs.run(bundle());
      var daily = jobs.coordinator(bundle, "clickmill-daily").getId();
      var restate = jobs.coordinator(bundle, "clickmill-restate").getId();
      assertThat(start(bundle, "clickmill-load")).isEqualTo("2019-10-01T00:00:00Z");
      assertThat(start(bundle, "clickmill-daily")).isEqualTo("2019-10-01T06:30:00Z");
      assertThat(start(bundle, "clickmill-restate")).isEqualTo("2019-10-01T23:00:00Z");
      dayWaitsWhileHoursAreMissing(bundle, daily);

      publish(afternoon);
      load("2019-10-02T00:10Z", "2019-10-02T00:20Z");
      jobs.await(daily, 1, CoordinatorAction.Status.SUCCEEDED);
      jobs.await(restate, 1, CoordinatorAction.Status.SUCCEEDED);
      imported(morning, afternoon);
      assertThat(rows()).isEqualTo(rowsOfPipeline());

      rerunDeletesNothing(daily);

      client.suspend(restate);
      publish(second);
      publish(late);
      load("2019-10-03T00:10Z", "2019-10-03T00:20Z");
      secondDaySurvivesALauncherAndANode(daily);
      imported(second);
      assertThat(rows()).isEqualTo(rowsOfPipeline());

      var before = revisions();
      var expectedBefore = Tables.of(expected()).revisions();
      client.resume(restate);
      jobs.await(restate, 2, CoordinatorAction.Status.SUCCEEDED);
      imported(late);
      assertThat(rows()).isEqualTo(rowsOfPipeline());
      assertThat(changed(before, revisions()))
          .containsEntry("events/dt=2019-10-01/hr=10", 1)
          .isEqualTo(changed(expectedBefore, Tables.of(expected()).revisions()));
      client.kill(bundle);
    }
  }

  private String start(String bundle, String coordinator) throws Exception {
    return jobs.coordinator(bundle, coordinator).getStartTime().toInstant().toString();
  }

  private void dayWaitsWhileHoursAreMissing(String bundle, String daily) throws Exception {
    // Of the loads that are past, only the last is worth running.
    var load = jobs.coordinator(bundle, "clickmill-load").getId();
    jobs.await(load, 3, CoordinatorAction.Status.SUCCEEDED);
    assertThat(jobs.coordinatorAction(load, 1).getStatus())
        .isEqualTo(CoordinatorAction.Status.SKIPPED);
    assertThat(rows().keySet())
        .hasSize(NOON)
        .contains("events/dt=2019-10-01/hr=04")
        .doesNotContain("events/dt=2019-10-01/hr=12");
    jobs.staysWaitingFor(daily, 1, "/events/dt=2019-10-01/hr=23/_SUCCESS");
  }

  private void secondDaySurvivesALauncherAndANode(String daily) throws Exception {
    var workflow = jobs.await(daily, 2, CoordinatorAction.Status.RUNNING).getExternalId();
    var compact = jobs.running(workflow, "compact");
    cluster.killMaster(compact.getExternalId());
    jobs.running(workflow, "analyze");
    cluster.stopNode();
    cluster.startNode();
    jobs.await(daily, 2, CoordinatorAction.Status.SUCCEEDED);
  }

  private void rerunDeletesNothing(String daily) throws Exception {
    var files = Tables.of(warehouse).files();
    client.reRunCoord(daily, RestConstants.JOB_COORD_SCOPE_ACTION, "1", false, false);
    jobs.await(daily, 1, CoordinatorAction.Status.RUNNING);
    assertThat(Tables.of(warehouse).files()).containsAllEntriesOf(files);
    jobs.await(daily, 1, CoordinatorAction.Status.SUCCEEDED);
    assertThat(Tables.of(warehouse).files()).isEqualTo(files);
  }

  /** The bundle's own loads are one, as of noon of the first day. */
  private Properties bundle() throws IOException {
    var properties = withShop(applications.properties("bundle"));
    properties.setProperty("start", "2019-10-01T00:00Z");
    // The server fills this in; the others have times of their own in the same day.
    properties.setProperty("loadStart", "${start}");
    properties.setProperty("dailyStart", "2019-10-01T06:30Z");
    properties.setProperty("restateStart", "2019-10-01T23:00Z");
    properties.setProperty("end", "2019-10-03T00:01Z");
    properties.setProperty("loadMinutes", "1440");
    properties.setProperty("asOf", "2019-10-01T12:10Z");
    properties.setProperty("retryMinutes", "0");
    return properties;
  }

  /** Replays a load of the past, and waits until it has ended. */
  private void load(String start, String end) throws Exception {
    var properties = withShop(applications.properties("load"));
    properties.setProperty("start", start);
    properties.setProperty("end", end);
    properties.setProperty("replay", "true");
    jobs.await(jobs.run(properties), 1, CoordinatorAction.Status.SUCCEEDED);
  }

  private Properties withShop(Properties properties) {
    properties.setProperty("warehouse", warehouse.toString());
    properties.setProperty("topics", "shop");
    properties.setProperty("kafkaProperties", cluster.nameNode() + "/bundle/kafka.properties");
    return properties;
  }

  private void writeKafkaProperties() throws IOException {
    try (var out = fileSystem.create(new Path("/bundle/kafka.properties"))) {
      var properties = new Properties();
      properties.setProperty("bootstrap.servers", broker.bootstrapServers());
      properties.store(out, null);
    }
  }

  private void publish(java.nio.file.Path part) {
    Commands.run(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=shop",
        "--partitions=2",
        "--input=" + part,
        "--mapping=rees46");
  }

  private void imported(java.nio.file.Path... parts) {
    for (var part : parts) {
      Commands.run(
          "import", "--input=" + part, "--mapping=rees46", "--warehouse=" + folder + "/expected");
    }
  }

  private SortedMap<String, String> rowsOfPipeline() throws IOException {
    Commands.run("pipeline", "--every-day", "--warehouse=" + folder + "/expected");
    return Tables.of(expected()).rows();
  }

  private Path expected() {
    return new Path("file://" + folder + "/expected");
  }

  private SortedMap<String, String> rows() throws IOException {
    return Tables.of(warehouse).rows();
  }

  private SortedMap<String, Integer> revisions() throws IOException {
    return Tables.of(warehouse).revisions();
  }

  /** By how much the revisions of partitions were raised, if at all. */
  private static Map<String, Integer> changed(
      SortedMap<String, Integer> before, SortedMap<String, Integer> after) {
    var changed = new TreeMap<String, Integer>();
    after.forEach(
        (partition, revision) -> {
          int raised = revision - before.getOrDefault(partition, 0);
          if (raised > 0) {
            changed.put(partition, raised);
          }
        });
    return changed;
  }

  private static java.nio.file.Path kafkaJars() {
    return java.nio.file.Path.of(System.getProperty("clickmill.kafka"));
  }
}
