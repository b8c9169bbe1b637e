package org.clickmill.drivers.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs checks side by side. All begin at once and have the same time; one that fails or does not
 * answer is a finding like any other.
 */
public final class Doctor {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What a check that is interrupted has to delete what it made, and to kill its job. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final List<Check> checks;
  private final Duration limit;

  /**
   * @param limit how long an answer is waited for
   */
  Doctor(List<Check> checks, Duration limit) {
    this.checks = List.copyOf(checks);
    this.limit = limit;
  }

  /**
   * Runs all checks.
   *
   * @param limit how long an answer is waited for
   */
  public static Doctor of(Checks checks, Duration limit) {
    return new Doctor(checks.all(), limit);
  }

  /** A check that runs. */
  private record Asked(Check check, Future<List<Finding>> answer) {}

  /**
   * Looks at everything.
   *
   * @param waiting receives the names of the checks that have not answered yet, several times a
   *     second
   */
  public Diagnosis examine(Consumer<List<String>> waiting) throws InterruptedException {
    var threads = Executors.newCachedThreadPool(Doctor::daemon);
    try {
      long deadline = System.nanoTime() + limit.toNanos();
      var asked = new ArrayList<Asked>();
      for (var check : checks) {
        asked.add(new Asked(check, threads.submit(check::run)));
      }
      await(asked, deadline, waiting);
      var findings = new ArrayList<Finding>();
      for (var one : asked) {
        findings.addAll(findings(one));
      }
      return Diagnosis.of(findings);
    } finally {
      end(threads);
    }
  }

  /** One that hangs in a call that no interrupt ends must not keep the process alive. */
  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "doctor");
    thread.setDaemon(true);
    return thread;
  }

  private static void await(List<Asked> asked, long deadline, Consumer<List<String>> waiting)
      throws InterruptedException {
    var left = names(asked);
    while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
      waiting.accept(left);
      Thread.sleep(PAUSE.toMillis());
      left = names(asked);
    }
  }

  private static List<String> names(List<Asked> asked) {
    return asked.stream()
        .filter(one -> !one.answer().isDone())
        .map(one -> one.check().name())
        .toList();
  }

  private List<Finding> findings(Asked asked) throws InterruptedException {
    var check = asked.check();
    try {
      return asked.answer().get(0, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return List.of(
          Finding.failed(
              check.name(),
              String.format(Locale.ROOT, "no answer within %d s", limit.toSeconds()),
              check.advice()));
    } catch (ExecutionException e) {
      return List.of(Finding.failed(check.name(), Reasons.describe(e.getCause()), check.advice()));
    }
  }

  private static void end(ExecutorService threads) throws InterruptedException {
    threads.shutdownNow();
    threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
