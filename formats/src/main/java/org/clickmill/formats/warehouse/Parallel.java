package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs work that waits, for a file system or for jobs, on a few threads of its own. */
public final class Parallel {
  private Parallel() {}

  /** Work on one item. */
  @FunctionalInterface
  public interface Work<T, R> {
    R apply(T item) throws IOException;
  }

  /**
   * Applies the work to every item and gives the results in the items' order. After a failure no
   * further item is begun, those under way are finished, and the first failure is thrown with the
   * others as suppressed ones.
   */
  public static <T, R> List<R> map(List<T> items, int threads, Work<T, R> work) throws IOException {
    if (items.size() <= 1 || threads <= 1) {
      var results = new ArrayList<R>(items.size());
      for (var item : items) {
        results.add(work.apply(item));
      }
      return results;
    }
    var failed = new AtomicBoolean();
    var pool = Executors.newFixedThreadPool(Math.min(threads, items.size()));
    try {
      var futures = new ArrayList<Future<R>>(items.size());
      for (var item : items) {
        futures.add(
            pool.submit(
                () -> {
                  if (failed.get()) {
                    return null;
                  }
                  boolean done = false;
                  try {
                    R result = work.apply(item);
                    done = true;
                    return result;
                  } finally {
                    if (!done) {
                      failed.set(true);
                    }
                  }
                }));
      }
      return collect(futures);
    } finally {
      pool.shutdownNow();
    }
  }

  private static <R> List<R> collect(List<Future<R>> futures) throws IOException {
    var results = new ArrayList<R>(futures.size());
    Throwable failure = null;
    for (var future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = e.getCause();
        } else {
          failure.addSuppressed(e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted");
      }
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    return results;
  }
}
