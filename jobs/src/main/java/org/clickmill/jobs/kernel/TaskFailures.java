package org.clickmill.jobs.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;

/**
 * Carries the message of a failed task to the one who started the job: a file in the job's staging
 * folder. (The local runner keeps no diagnostics, and a cluster's are cut and mixed with traces.)
 */
public final class TaskFailures {
  static final String FOLDER = "_failures";

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
    try {
      body.run();
    } catch (ClickmillException e) {
      tell(context, new Message(e.failure(), e.getMessage()), e);
      throw e;
    } catch (OutOfMemoryError e) {
      tell(context, new Message(Failure.FAILED, outOfMemory(context)), e);
      throw e;
    } catch (IOException | RuntimeException | FSError e) {
      tell(context, new Message(Failure.FAILED, describe(context, e)), e);
      throw e;
    }
  }

  private static String outOfMemory(TaskAttemptContext context) {
    return "Cannot finish a task of "
        + context.getJobName()
        + ": out of memory; give the tasks more, or lower "
        + KernelSettings.FOLD_MEMORY_MB
        + " (now "
        + KernelSettings.FOLD_MEMORY_MB.get(context.getConfiguration())
        + ")";
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
    boolean plain = failure.getClass() == IOException.class && failure.getMessage() != null;
    var reason = plain ? failure.getMessage() : failure.toString();
    return "Cannot finish a task of " + context.getJobName() + ": " + reason;
  }

  /** The failure of the first task that told one. */
  static Optional<ClickmillException> first(FileSystem fileSystem, Path staging)
      throws IOException {
    var folder = new Path(staging, FOLDER);
    if (!fileSystem.exists(folder)) {
      return Optional.empty();
    }
    for (var file : fileSystem.listStatus(folder)) {
      try (var in = fileSystem.open(file.getPath())) {
        var message = JSON.readValue((java.io.InputStream) in, Message.class);
        return Optional.of(new ClickmillException(message.failure(), message.text()));
      }
    }
    return Optional.empty();
  }

  private static void write(TaskAttemptContext context, Message message) throws IOException {
    var file =
        new Path(
            StagedJob.staging(context.getConfiguration()),
            FOLDER + "/" + context.getTaskAttemptID() + ".json");
    try (var out = file.getFileSystem(context.getConfiguration()).create(file, true)) {
      JSON.writeValue((java.io.OutputStream) out, message);
    }
  }

  private record Message(Failure failure, String text) {}
}
