package org.clickmill.drivers.oozie;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The main class of the java action that tells people of a workflow that failed: returns {@code
 * subject} and {@code body} for a mail, and posts both to a webhook if there is one.
 */
@Command(
    name = "notification",
    description = "Says which action of a workflow failed, and why; for Oozie's java action.")
public final class Notification implements Callable<Integer> {
  private final Launcher launcher;
  private final PrintWriter out;
  private final PrintWriter err;

  @Option(names = "--warehouse", required = true, paramLabel = "PATH")
  private String warehouse;

  @Option(names = "--job", required = true, paramLabel = "NAME")
  private String job;

  @Option(names = "--workflow", required = true, paramLabel = "ID")
  private String workflow;

  @Option(names = "--action", required = true, paramLabel = "NAME")
  private String action;

  @Option(names = "--day", paramLabel = "DAY")
  private String day;

  @Option(names = "--error-code", defaultValue = "unknown", paramLabel = "CODE")
  private String errorCode;

  @Option(names = "--error-message", paramLabel = "TEXT")
  private String errorMessage;

  @Option(names = "--webhook", paramLabel = "URL")
  private String webhook;

  Notification(Launcher launcher, PrintWriter out, PrintWriter err) {
    this.launcher = launcher;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode;
    try {
      var launcher = Launcher.of(System::getProperty, System.getenv());
      exitCode = new Notification(launcher, out, err).run(arguments);
    } catch (ClickmillException e) {
      err.println("notification: " + e.getMessage());
      exitCode = e.failure().exitCode();
    }
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The parser of its arguments, fresh. */
  public static CommandLine commandLine() {
    var nowhere = new PrintWriter(Writer.nullWriter());
    return parser(new Notification(null, nowhere, nowhere));
  }

  private static CommandLine parser(Notification notification) {
    return new CommandLine(notification).setExpandAtFiles(false);
  }

  /** Tells, and returns the exit code. */
  int run(String... arguments) {
    return parser(this)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler((failure, line, parsed) -> report(failure))
        .execute(OozieAction.commandLine(arguments).toArray(String[]::new));
  }

  /** Tells; picocli calls this. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    // First of all, so that a wrong address is found before anything is told.
    var hook = Optional.ofNullable(webhook).map(Webhook::at);
    var folder = folder();
    var left = folder.flatMap(this::reason);
    var notice = Notice.of(job, workflow, action, day, errorCode, errorMessage, left);
    out.println(notice.text());
    out.flush();
    folder.ifPresent(found -> keep(found, notice));
    var output = new OutputProperties();
    output.add("subject", Reason.cut(notice.subject(), 200));
    output.addBeginning("body", notice.body());
    output.write(launcher.output());
    if (hook.isPresent()) {
      hook.get().post(notice);
    }
    return 0;
  }

  private Optional<OozieFolder> folder() {
    try {
      return Optional.of(OozieFolder.open(new Path(warehouse), launcher.configuration()));
    } catch (IOException | ClickmillException e) {
      warn("Cannot read the reason in " + warehouse, e);
      return Optional.empty();
    }
  }

  private Optional<Reason> reason(OozieFolder folder) {
    try {
      return folder.reason(workflow, action);
    } catch (IOException e) {
      warn("Cannot read the reason in " + warehouse, e);
      return Optional.empty();
    }
  }

  private void keep(OozieFolder folder, Notice notice) {
    try {
      folder.writeNotification(workflow, notice);
    } catch (IOException e) {
      warn("Cannot keep the notification in " + warehouse, e);
    }
  }

  /** What cannot be kept must still be told. */
  private void warn(String what, Exception failure) {
    err.println("notification: warning: " + what + ": " + failure.getMessage());
    err.flush();
  }

  private int report(Exception failure) {
    boolean expected = failure instanceof ClickmillException;
    err.println("notification: " + (expected ? failure.getMessage() : failure.toString()));
    err.flush();
    return failure instanceof ClickmillException known
        ? known.failure().exitCode()
        : Failure.FAILED.exitCode();
  }
}
