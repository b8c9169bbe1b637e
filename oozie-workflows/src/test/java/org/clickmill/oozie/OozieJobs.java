package org.clickmill.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.oozie.client.CoordinatorAction;
import org.apache.oozie.client.CoordinatorJob;
import org.apache.oozie.client.OozieClient;
import org.apache.oozie.client.OozieClientException;
import org.apache.oozie.client.WorkflowAction;
import org.apache.oozie.client.WorkflowJob;

/** Submits jobs to the Oozie server, and waits for what becomes of them. */
final class OozieJobs {
  private static final long POLL_MILLISECONDS = 300;
  private static final int MOST_ACTIONS = 100;
  private static final Set<WorkflowJob.Status> OF_RUNNING_WORKFLOWS =
      Set.of(WorkflowJob.Status.PREP, WorkflowJob.Status.RUNNING);

  /** A coordinator's action ends in one of these. */
  private static final Set<CoordinatorAction.Status> ENDS =
      Set.of(
          CoordinatorAction.Status.SUCCEEDED,
          CoordinatorAction.Status.KILLED,
          CoordinatorAction.Status.FAILED,
          CoordinatorAction.Status.TIMEDOUT,
          CoordinatorAction.Status.SKIPPED);

  private final OozieServer server;
  private final OozieClient client;
  private final FileSystem fileSystem;

  OozieJobs(Servers servers) throws IOException {
    this(servers.oozie(), servers.cluster());
  }

  OozieJobs(OozieServer server, MiniCluster cluster) throws IOException {
    this.server = server;
    client = server.client();
    fileSystem = FileSystem.get(cluster.configuration());
  }

  /** Submits and starts a job, and returns its id. */
  String run(Properties properties) throws OozieClientException {
    return client.run(properties);
  }

  /** Waits until the workflow has ended well. */
  WorkflowJob succeed(String id) throws OozieClientException, IOException, InterruptedException {
    return end(id, WorkflowJob.Status.SUCCEEDED);
  }

  /** Waits until the workflow has ended in the status. */
  WorkflowJob end(String id, WorkflowJob.Status expected)
      throws OozieClientException, IOException, InterruptedException {
    var job = client.getJobInfo(id);
    while (OF_RUNNING_WORKFLOWS.contains(job.getStatus())) {
      Thread.sleep(POLL_MILLISECONDS);
      job = client.getJobInfo(id);
    }
    assertThat(job.getStatus()).as(describe(job)).isEqualTo(expected);
    return job;
  }

  /** Waits until the workflow has begun the action, and its launcher runs. */
  WorkflowAction running(String workflow, String action)
      throws OozieClientException, IOException, InterruptedException {
    while (true) {
      var job = client.getJobInfo(workflow);
      assertThat(job.getStatus()).as(describe(job)).isIn(OF_RUNNING_WORKFLOWS);
      var found = find(job, action);
      if (found != null && found.getStatus() == WorkflowAction.Status.RUNNING) {
        return found;
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /** The action of the workflow with the name. */
  static WorkflowAction action(WorkflowJob job, String name) {
    var action = find(job, name);
    assertThat(action).as("action %s of %s", name, job.getId()).isNotNull();
    return action;
  }

  /** The coordinator of the name that the bundle has started. */
  CoordinatorJob coordinator(String bundle, String name)
      throws OozieClientException, InterruptedException {
    while (true) {
      for (var coordinator : client.getBundleJobInfo(bundle).getCoordinators()) {
        if (coordinator.getAppName().equals(name)) {
          return coordinator;
        }
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /** An action of a coordinator as it is, once there is one. */
  CoordinatorAction coordinatorAction(String coordinator, int number)
      throws OozieClientException, InterruptedException {
    while (true) {
      var actions = client.getCoordJobInfo(coordinator, null, 1, MOST_ACTIONS).getActions();
      for (var action : actions) {
        if (action.getActionNumber() == number) {
          return action;
        }
      }
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  /**
   * Waits until the server has looked twice for what an action of a coordinator depends on, and
   * both times missed the same first of all.
   *
   * @param path the end of what is missing
   */
  void staysWaitingFor(String coordinator, int number, String path)
      throws OozieClientException, IOException, InterruptedException {
    var first = waitingFor(coordinator, number, path);
    var next = first;
    while (!lastLook(next).isAfter(lastLook(first))) {
      Thread.sleep(POLL_MILLISECONDS);
      next = waitingFor(coordinator, number, path);
    }
    assertThat(next.getStatus()).isEqualTo(CoordinatorAction.Status.WAITING);
  }

  /** Waits until the condition holds. */
  void await(ServerProcess.Condition condition) throws IOException, InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(POLL_MILLISECONDS);
    }
  }

  private static Instant lastLook(CoordinatorAction action) {
    return action.getLastModifiedTime().toInstant();
  }

  private CoordinatorAction waitingFor(String coordinator, int number, String path)
      throws OozieClientException, IOException, InterruptedException {
    var action = coordinatorAction(coordinator, number);
    while (!firstMissing(action).endsWith(path)) {
      assertThat(action.getStatus()).as(describe(action)).isNotIn(ENDS);
      Thread.sleep(POLL_MILLISECONDS);
      action = coordinatorAction(coordinator, number);
    }
    return action;
  }

  /** What the server looks for; it has not looked for those behind it, or not since. */
  private static String firstMissing(CoordinatorAction action) {
    var missing = action.getMissingDependencies();
    return missing == null ? "" : missing.split("#")[0];
  }

  /** Waits until an action of a coordinator has the status. */
  CoordinatorAction await(String coordinator, int number, CoordinatorAction.Status expected)
      throws OozieClientException, IOException, InterruptedException {
    var action = coordinatorAction(coordinator, number);
    while (action.getStatus() != expected) {
      assertThat(action.getStatus()).as(describe(action)).isNotIn(ENDS);
      Thread.sleep(POLL_MILLISECONDS);
      action = coordinatorAction(coordinator, number);
    }
    return action;
  }

  private static WorkflowAction find(WorkflowJob job, String name) {
    return job.getActions().stream()
        .filter(action -> action.getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  private String describe(CoordinatorAction action) throws OozieClientException, IOException {
    var workflow = action.getExternalId();
    return "action %s is %s (%s)%n%s"
        .formatted(
            action.getId(),
            action.getStatus(),
            action.getErrorMessage(),
            workflow == null ? server.log() : describe(client.getJobInfo(workflow)));
  }

  private String describe(WorkflowJob job) throws IOException {
    return "workflow %s (%s), server's log %s%n%s%n%s"
        .formatted(
            job.getAppName(),
            job.getId(),
            server.log(),
            job.getActions().stream()
                .map(
                    action ->
                        "  %s: %s %s %s %s %s"
                            .formatted(
                                action.getName(),
                                action.getStatus(),
                                action.getExternalId(),
                                action.getErrorCode(),
                                action.getErrorMessage(),
                                oneLine(action.getData())))
                .collect(Collectors.joining("\n")),
            reasons(job));
  }

  /** What the workflow's actions have written down about their failures. */
  private String reasons(WorkflowJob job) throws IOException {
    var configuration = new Configuration(false);
    configuration.addResource(
        new ByteArrayInputStream(job.getConf().getBytes(StandardCharsets.UTF_8)));
    var reasons = new StringBuilder();
    var pattern = new Path(configuration.get("warehouse", "/"), "_oozie/" + job.getId() + "/*");
    for (var file : fileSystem.globStatus(pattern)) {
      try (var in = fileSystem.open(file.getPath())) {
        reasons.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    return reasons.toString();
  }

  private static String oneLine(String data) {
    return data == null ? "" : Arrays.toString(data.split("\n"));
  }
}
