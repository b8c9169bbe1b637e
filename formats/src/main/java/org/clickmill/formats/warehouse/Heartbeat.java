package org.clickmill.formats.warehouse;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Shows every few minutes that a run is alive while it waits for its tasks or copies files itself.
 * A file that is open does not show it: its time changes when it is closed.
 *
 * <p>Safe for use by several threads.
 */
public final class Heartbeat {
  private static final Duration INTERVAL = Duration.ofMinutes(5);

  private static final Duration RETRY = Duration.ofSeconds(20);

  private final Warehouse warehouse;
  private final String runId;
  private final InstantSource clock;
  private long next;

  public Heartbeat(Warehouse warehouse, String runId) {
    this(warehouse, runId, InstantSource.system());
  }

  Heartbeat(Warehouse warehouse, String runId, InstantSource clock) {
    this.warehouse = warehouse;
    this.runId = runId;
    this.clock = clock;
    this.next = clock.millis() + INTERVAL.toMillis();
  }

  /** To be called often; now and then it touches the run's staging folder. */
  public synchronized void beat() {
    long now = clock.millis();
    if (now < next) {
      return;
    }
    next = now + INTERVAL.toMillis();
    try {
      warehouse.keepStaging(runId);
    } catch (IOException e) {
      // There is time for several more beats before the folder is old.
      next = now + RETRY.toMillis();
    }
  }
}
