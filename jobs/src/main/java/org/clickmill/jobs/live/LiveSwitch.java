package org.clickmill.jobs.live;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.warehouse.Warehouse;
import org.clickmill.jobs.kernel.Run;

/**
 * Ends live days whose batch tables are fresh. What a day is follows from one manifest, that of
 * live_summary: with rows it is live, without it is the batch tables'.
 */
public final class LiveSwitch {
  private static final int ATTEMPTS = 10;

  private final Run run;
  private final Warehouse warehouse;
  private final Freshness freshness;

  public LiveSwitch(Run run, Freshness freshness) {
    this.run = run.step("switch");
    this.warehouse = run.warehouse();
    this.freshness = freshness;
  }

  /**
   * Ends all live days whose batch tables are fresh.
   *
   * @return the days, as {@code dt=2019-10-01}
   */
  public List<String> endFreshDays() throws IOException {
    var days = new TreeMap<LocalDate, String>();
    for (var manifest : warehouse.manifests(Live.LIVE_SUMMARY, null, null).values()) {
      if (!Live.isBatch(manifest)) {
        days.put(manifest.where().day(), manifest.partition());
      }
    }
    if (days.isEmpty()) {
      return List.of();
    }
    days.keySet().retainAll(freshness.fresh(new TreeSet<>(days.keySet())));
    var ended = List.copyOf(days.values());
    for (var day : ended) {
      end(day);
    }
    if (!ended.isEmpty()) {
      warehouse.discardStaging(run.id());
    }
    return ended;
  }

  /** Ends a day, whatever an update publishes meanwhile. */
  void end(String day) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        new LivePublisher(run).publishBatch(day);
        return;
      } catch (ClickmillException e) {
        if (e.failure() != Failure.HELD || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
