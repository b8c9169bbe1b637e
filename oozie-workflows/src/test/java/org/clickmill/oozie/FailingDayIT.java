package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.Address;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A day of which an hour is missing, whose first step fails when the hour is there, and then a step
 * of the fork.
 */
@ExtendWith(ServersExtension.class)
final class FailingDayIT {
  private static final int MISSING_HOUR = 13;
  private static final String EMAIL = "operators@example.org";

  @TempDir java.nio.file.Path folder;

  private final MiniCluster cluster;
  private final OozieClient client;
  private final OozieJobs jobs;
  private final GreenMail mail;
  private final FileSystem fileSystem;
  private final Path warehouse;

  FailingDayIT(Servers servers) throws IOException {
    cluster = servers.cluster();
    client = servers.oozie().client();
    jobs = new OozieJobs(servers);
    mail = servers.mail();
    fileSystem = FileSystem.get(cluster.configuration());
    warehouse = fileSystem.makeQualified(new Path("/failing/shop"));
  }

  @Test
  void dayWaitsForItsHourIsToldOfWhenItFailsAndIsFinishedByARerun() throws Exception {
    var raw = folder.resolve("raw");
    var events = RawEvents.generate(folder, 3000, 1);
    events.move(RawEvents.FIRST_DAY, 0, MISSING_HOUR - 1, raw.resolve("early"));
    events.move(RawEvents.FIRST_DAY, MISSING_HOUR + 1, 23, raw.resolve("early"));
    load(raw.resolve("early"));
    var hour = fileOf(7);
    byte[] whole = read(hour);
    write(hour, whole, whole.length / 2);

    var messages = new CopyOnWriteArrayList<String>();
    var hook = webhook(messages);
    try {
      var properties = properties("http://localhost:" + hook.getAddress().getPort() + "/");
      var coordinator = jobs.run(properties);
      jobs.staysWaitingFor(coordinator, 1, "/events/dt=2019-10-01/hr=13/_SUCCESS");

      events.move(RawEvents.FIRST_DAY, MISSING_HOUR, MISSING_HOUR, raw.resolve("late"));
      load(raw.resolve("late"));
      var killed = jobs.await(coordinator, 1, CoordinatorAction.Status.KILLED).getExternalId();
      assertFailedInCompact(killed, messages, hour);

      write(hour, whole, whole.length);
      failInTheFork(killed, rerun(properties), messages);
      client.reRun(killed, rerun(properties));
      var expected = rowsOfPipeline(raw);
      jobs.succeed(killed);
      assertThat(Tables.of(warehouse).rows()).isEqualTo(expected);
    } finally {
      hook.stop(0);
    }
  }

  private void assertFailedInCompact(String workflow, List<String> messages, Path hour)
      throws Exception {
    var job = client.getJobInfo(workflow);
    assertThat(job.getStatus()).isEqualTo(WorkflowJob.Status.KILLED);
    var compact = OozieJobs.action(job, "compact");
    assertThat(compact.getErrorCode()).isEqualTo("1");
    assertThat(compact.getUserRetryCount()).isEqualTo(1);
    assertThat(OozieJobs.action(job, "notify").getStatus()).isEqualTo(WorkflowAction.Status.OK);
    assertThat(messages)
        .hasSize(1)
        .first()
        .asString()
        .contains("clickmill-daily", "2019-10-01", "compact", "1", hour.getName());
    assertThat(mail.getReceivedMessages()).hasSize(1);
    var email = mail.getReceivedMessages()[0];
    assertThat(email.getAllRecipients()).extracting(Address::toString).containsExactly(EMAIL);
    assertThat(email.getSubject()).contains("clickmill-daily", "2019-10-01", "compact");
    assertThat(GreenMailUtil.getBody(email)).contains("exit code: 1", hour.getName());
    var notification = new Path(warehouse, "_oozie/" + workflow + "/notification.json");
    assertThat(new String(read(notification), StandardCharsets.UTF_8)).contains(hour.getName());
    assertThat(Tables.of(warehouse).rows().keySet()).allMatch(key -> key.startsWith("events/"));
  }

  /** Truncates the input of one step of the fork, and mends it when the workflow has ended. */
  private void failInTheFork(String workflow, Properties rerun, List<String> messages)
      throws Exception {
    rerun.setProperty("retryMax", "0");
    client.reRun(workflow, rerun);
    jobs.running(workflow, "analyze");
    // The workflow stands still while the action goes on.
    client.suspend(workflow);
    var input = new Path(warehouse, "interactions_days/dt=2019-10-01");
    jobs.await(() -> fileSystem.exists(new Path(input, "_SUCCESS")));
    var file = fileIn(input);
    byte[] whole = read(file);
    write(file, whole, whole.length / 2);
    client.resume(workflow);

    var job = jobs.end(workflow, WorkflowJob.Status.KILLED);
    assertThat(OozieJobs.action(job, "interactions").getErrorCode()).isEqualTo("1");
    assertThat(OozieJobs.action(job, "complete").getErrorCode()).isEqualTo("1");
    for (var name : List.of("top-products", "trending", "sales-trend", "funnel", "clv")) {
      assertThat(OozieJobs.action(job, name).getStatus())
          .as(name)
          .isEqualTo(WorkflowAction.Status.OK);
    }
    assertThat(messages).hasSize(2).last().asString().contains("complete", file.getName());
    assertThat(Tables.of(warehouse).rows())
        .containsKeys("top_products/dt=2019-10-01", "trending/dt=2019-10-01")
        .containsKeys("sales_trend/dt=2019-10-01", "funnel/dt=2019-10-01", "clv/dt=2019-10-01")
        .doesNotContainKey("interactions/dt=2019-10-01");
    write(file, whole, whole.length);
  }

  private Properties properties(String webhook) throws IOException {
    // What fails here fails each time.
    var site = new Configuration(false);
    site.set("mapreduce.map.maxattempts", "1");
    var applications = Applications.deploy(cluster, new Path("/apps/failing"), site);
    var properties = applications.properties("daily");
    properties.setProperty("warehouse", warehouse.toString());
    properties.setProperty("end", "2019-10-02T00:01Z");
    properties.setProperty("retryMax", "1");
    properties.setProperty("retryMinutes", "0");
    properties.setProperty("notifyWebhook", webhook);
    properties.setProperty("notifyEmail", EMAIL);
    return properties;
  }

  /** What {@code oozie job -rerun} is given to start every step again, the notification too. */
  private static Properties rerun(Properties properties) {
    var rerun = new Properties();
    rerun.putAll(properties);
    rerun.remove(OozieClient.COORDINATOR_APP_PATH);
    rerun.setProperty(OozieClient.APP_PATH, properties.getProperty("oozieApps") + "/daily");
    rerun.setProperty(OozieClient.RERUN_SKIP_NODES, ",");
    return rerun;
  }

  private void load(java.nio.file.Path input) {
    Commands.run(
        "import", "--input=" + input, "--mapping=rees46", "--no-fill", "--warehouse=" + warehouse);
  }

  private SortedMap<String, String> rowsOfPipeline(java.nio.file.Path raw) throws IOException {
    var expected = folder.resolve("expected");
    Commands.run("import", "--input=" + raw, "--mapping=rees46", "--warehouse=" + expected);
    Commands.run("pipeline", "--warehouse=" + expected);
    return Tables.of(new Path(expected.toUri())).rows();
  }

  private Path fileOf(int hour) throws IOException {
    return fileIn(
        new Path(warehouse, String.format(Locale.ROOT, "events/dt=2019-10-01/hr=%02d", hour)));
  }

  /** The only file of a partition that holds rows. */
  private Path fileIn(Path partition) throws IOException {
    for (var file : fileSystem.listStatus(partition)) {
      if (!file.getPath().getName().startsWith("_")) {
        return file.getPath();
      }
    }
    throw new IOException("No file with rows in " + partition);
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = fileSystem.open(file)) {
      return in.readAllBytes();
    }
  }

  private void write(Path file, byte[] content, int length) throws IOException {
    try (var out = fileSystem.create(file, true)) {
      out.write(content, 0, length);
    }
  }

  private static HttpServer webhook(List<String> messages) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          messages.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
