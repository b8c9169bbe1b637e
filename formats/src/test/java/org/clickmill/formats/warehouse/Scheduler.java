package org.clickmill.formats.warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Lets one of several actors do one step at a time, in an order that a seed decides. Now and then
 * an actor is paused while the others do many steps: that is where publishing could go wrong.
 */
final class Scheduler {
  private final Random random;
  private final Map<String, Semaphore> waiting = new TreeMap<>();
  private final Map<String, Integer> pausedUntil = new TreeMap<>();
  private final ThreadLocal<String> self = new ThreadLocal<>();
  private final Semaphore turnOver = new Semaphore(0);
  private int step;

  Scheduler(long seed) {
    random = new Random(seed);
  }

  /** What an actor does; it calls {@link #step()} before each of its steps. */
  interface Actor {
    void act() throws Exception;
  }

  /** Runs the actors to their ends, and throws the first failure of one. */
  void run(Map<String, Actor> actors) throws Exception {
    var failures = new ArrayList<Exception>();
    var threads = new ArrayList<Thread>();
    for (var entry : actors.entrySet()) {
      var permit = new Semaphore(0);
      waiting.put(entry.getKey(), permit);
      var thread =
          new Thread(
              () -> {
                self.set(entry.getKey());
                permit.acquireUninterruptibly();
                try {
                  entry.getValue().act();
                } catch (Exception | AssertionError e) {
                  failures.add(new IllegalStateException(entry.getKey() + " failed", e));
                } finally {
                  waiting.remove(entry.getKey());
                  turnOver.release();
                }
              });
      threads.add(thread);
      thread.start();
    }
    while (!waiting.isEmpty()) {
      waiting.get(next()).release();
      turnOver.acquireUninterruptibly();
      step++;
    }
    for (var thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private String next() {
    List<String> ready =
        waiting.keySet().stream()
            .filter(name -> pausedUntil.getOrDefault(name, 0) <= step)
            .toList();
    if (ready.isEmpty()) {
      ready = List.copyOf(waiting.keySet());
    }
    var chosen = ready.get(random.nextInt(ready.size()));
    if (random.nextInt(12) == 0) {
      pausedUntil.put(chosen, step + random.nextInt(120));
    }
    return chosen;
  }

  /** Waits for the actor's turn; threads that are no actors go on. */
  void step() {
    var name = self.get();
    if (name != null) {
      var permit = waiting.get(name);
      turnOver.release();
      permit.acquireUninterruptibly();
    }
  }
}
