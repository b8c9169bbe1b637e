package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.BiPredicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Something done in a thread of its own, which is paused before one of its file system calls. */
final class PausedRun<T> {
  private static final Set<String> CHANGES =
      Set.of("create", "rename", "delete", "mkdirs", "setTimes");
  private static final Set<String> CALLS =
      Set.of(
          "create",
          "rename",
          "delete",
          "mkdirs",
          "setTimes",
          "open",
          "listStatus",
          "getFileStatus");

  private final Semaphore pausedOrDone = new Semaphore(0);
  private final Semaphore resumed = new Semaphore(0);
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile int pauseAt;
  private int calls;

  /** What is done, on a warehouse of its own. */
  interface Deed<T> {
    T on(Warehouse warehouse) throws IOException;
  }

  private PausedRun(int pauseAt) {
    this.pauseAt = pauseAt;
  }

  /**
   * Starts it, and returns when it is done, or paused before the given call of those that others
   * can tell from no call at all: all but those in its own staging folder.
   *
   * @param pauseAt the call, from 1; 0 for none
   */
  static <T> PausedRun<T> start(Configuration configuration, Path root, int pauseAt, Deed<T> deed)
      throws IOException, InterruptedException {
    return start(configuration, root, CALLS, pauseAt, deed);
  }

  /** As {@link #start}, where only calls that change something count. */
  static <T> PausedRun<T> startPausedAtChange(
      Configuration configuration, Path root, int pauseAt, Deed<T> deed)
      throws IOException, InterruptedException {
    return start(configuration, root, CHANGES, pauseAt, deed);
  }

  /** Returns when it is about to move a staged partition to its place, after what was there. */
  static <T> PausedRun<T> startPausedBetweenMoves(
      Configuration configuration, Path root, Partition partition, Deed<T> deed)
      throws IOException, InterruptedException {
    var run = new PausedRun<T>(1);
    var published = "/" + partition;
    return start(
        configuration,
        root,
        run,
        (call, path) -> call.equals("rename") && path.toString().endsWith(published),
        deed);
  }

  private static <T> PausedRun<T> start(
      Configuration configuration, Path root, Set<String> counted, int pauseAt, Deed<T> deed)
      throws IOException, InterruptedException {
    return start(
        configuration,
        root,
        new PausedRun<T>(pauseAt),
        (call, path) -> counted.contains(call) && !path.toString().contains("/_staging/"),
        deed);
  }

  private static <T> PausedRun<T> start(
      Configuration configuration,
      Path root,
      PausedRun<T> run,
      BiPredicate<String, Path> isCounted,
      Deed<T> deed)
      throws IOException, InterruptedException {
    var fs =
        new StepwiseFileSystem(
            (call, path) -> {
              if (isCounted.test(call, path)) {
                run.step();
              }
            });
    fs.initialize(URI.create("file:///"), configuration);
    var warehouse = Warehouse.over(fs, root, configuration);
    new Thread(() -> run.act(deed, warehouse)).start();
    run.pausedOrDone.acquire();
    return run;
  }

  private void act(Deed<T> deed, Warehouse warehouse) {
    try {
      result.complete(deed.on(warehouse));
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    } finally {
      pausedOrDone.release();
    }
  }

  private void step() {
    calls++;
    if (calls == pauseAt) {
      pausedOrDone.release();
      resumed.acquireUninterruptibly();
    }
  }

  /** Whether it was paused, before it was done. */
  boolean isPaused() {
    return !result.isDone();
  }

  /** Lets it make some calls, and returns when it is paused before the next one, or done. */
  void advance(int callsToMake) throws InterruptedException {
    if (isPaused()) {
      pauseAt = calls + callsToMake;
      resumed.release();
      pausedOrDone.acquire();
    }
  }

  /** Lets it go on and gives its result. */
  CompletableFuture<T> finish() {
    pauseAt = 0;
    resumed.release();
    try {
      result.join();
    } catch (CompletionException e) {
      // The caller looks at the result.
      return result;
    }
    return result;
  }
}
