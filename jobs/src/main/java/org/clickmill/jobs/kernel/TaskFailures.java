package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.ClusterFailure;
import org.clickmill.formats.failure.Failure;

/**
 * Carries the message of a failed task to the one who started the job: a file in the job's staging
 * folder. (The local runner keeps no diagnostics, and a cluster's are cut and mixed with traces.)
 */
public final class TaskFailures {
  static final String FOLDER = "_failures";

  private static final String SUFFIX = ".json";

  private static final ObjectMapper JSON = new ObjectMapper();

  private TaskFailures() {}

  /** The body of a task. */
  @FunctionalInterface
  public interface Body {
    void run() throws IOException, InterruptedException;
  }

  /** Runs a task's body and writes down why it failed, if it does. */
  public static void tell(TaskAttemptContext context, Body body)
      throws IOException, InterruptedException {
    tell(context, Optional.empty(), body);
  }

  /**
   * The same for a task whose memory a setting bounds.
   *
   * @param budget what a user may lower when the task's memory does not suffice
   */
  public static void tell(TaskAttemptContext context, ConfigKey<Integer> budget, Body body)
      throws IOException, InterruptedException {
    tell(context, Optional.of(budget), body);
  }

  private static void tell(
      TaskAttemptContext context, Optional<ConfigKey<Integer>> budget, Body body)
      throws IOException, InterruptedException {
    try {
      body.run();
    } catch (ClickmillException e) {
      tell(context, new Message(e.failure(), e.getMessage()), e);
      throw e;
    } catch (OutOfMemoryError e) {
      tell(context, new Message(Failure.FAILED, outOfMemory(context, budget)), e);
      throw e;
    } catch (IOException | RuntimeException | FSError e) {
      tell(context, new Message(Failure.FAILED, describe(context, e)), e);
      throw e;
    }
  }

  private static String outOfMemory(
      TaskAttemptContext context, Optional<ConfigKey<Integer>> budget) {
    var lower =
        budget.map(
            key -> ", or lower " + key + " (now " + key.get(context.getConfiguration()) + ")");
    return "Cannot finish a task of "
        + context.getJobName()
        + ": out of memory; give the tasks more"
        + lower.orElse("");
  }

  private static void tell(TaskAttemptContext context, Message message, Throwable failure) {
    try {
      write(context, message);
    } catch (IOException e) {
      // A full disk takes no message either; the first failure is the one that counts.
      failure.addSuppressed(e);
    }
  }

  /** A disk's own words say enough; of anything else the class of the exception does, too. */
  private static String describe(TaskAttemptContext context, Throwable failure) {
    return ClusterFailure.of(failure, context.getConfiguration())
        .map(ClickmillException::getMessage)
        .orElseGet(() -> describeOther(context, failure));
  }

  private static String describeOther(TaskAttemptContext context, Throwable failure) {
    var cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    boolean plain = cause.getClass() == IOException.class && cause.getMessage() != null;
    var reason = plain ? cause.getMessage() : cause.toString();
    return "Cannot finish a task of " + context.getJobName() + ": " + reason;
  }

  /**
   * Why a job failed: the last message of the task that failed most often, and of several such
   * tasks the earliest. Other attempts were repeated, and their tasks may have ended well since.
   */
  static Optional<ClickmillException> ofJob(FileSystem fileSystem, Path staging, JobID job)
      throws IOException {
    var folder = new Path(staging, FOLDER);
    if (!fileSystem.exists(folder)) {
      return Optional.empty();
    }
    // By their names: Hadoop has two classes for the ids of either kind, which are never equal.
    var attemptsOfTask = new HashMap<String, List<Attempt>>();
    for (var file : fileSystem.listStatus(folder)) {
      if (file.getLen() == 0) {
        // What failed the task has kept its message from being written, too.
        continue;
      }
      var attempt = Attempt.of(file);
      if (attempt.id().getJobID().toString().equals(job.toString())) {
        attemptsOfTask
            .computeIfAbsent(attempt.id().getTaskID().toString(), any -> new ArrayList<>())
            .add(attempt);
      }
    }
    attemptsOfTask.keySet().removeAll(committedTasks(fileSystem, staging, job));
    var decisive =
        attemptsOfTask.values().stream()
            .min(
                Comparator.<List<Attempt>>comparingInt(attempts -> -attempts.size())
                    .thenComparing(TaskFailures::last, Attempt.BY_TIME));
    return decisive.isEmpty()
        ? Optional.empty()
        : Optional.of(read(fileSystem, last(decisive.get()).file()));
  }

  /** An attempt at a task that has told why it failed. */
  private record Attempt(TaskAttemptID id, Path file, long time) {
    private static final Comparator<Attempt> BY_TIME =
        Comparator.comparingLong(Attempt::time).thenComparing(Attempt::id);

    private static Attempt of(FileStatus status) {
      var name = status.getPath().getName();
      var id = TaskAttemptID.forName(name.substring(0, name.length() - SUFFIX.length()));
      return new Attempt(id, status.getPath(), status.getModificationTime());
    }
  }

  private static Attempt last(List<Attempt> attempts) {
    return Collections.max(attempts, Comparator.comparing(Attempt::id));
  }

  private static Set<String> committedTasks(FileSystem fileSystem, Path staging, JobID job)
      throws IOException {
    var pattern = new Path(StagedCommitter.temporary(staging, job), "*/task_*");
    return Arrays.stream(fileSystem.globStatus(pattern))
        .map(folder -> folder.getPath().getName())
        .collect(Collectors.toSet());
  }

  private static ClickmillException read(FileSystem fileSystem, Path file) throws IOException {
    try (var in = fileSystem.open(file)) {
      var message = JSON.readValue((InputStream) in, Message.class);
      return new ClickmillException(message.failure(), message.text());
    }
  }

  private static void write(TaskAttemptContext context, Message message) throws IOException {
    var file =
        new Path(
            StagedJob.staging(context.getConfiguration()),
            FOLDER + "/" + context.getTaskAttemptID() + SUFFIX);
    try (var out = file.getFileSystem(context.getConfiguration()).create(file, true)) {
      JSON.writeValue((OutputStream) out, message);
    }
  }

  private record Message(Failure failure, String text) {}
}
