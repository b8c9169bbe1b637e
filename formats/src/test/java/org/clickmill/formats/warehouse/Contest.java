package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;

/** Threads that all publish one partition, and readers that watch it. */
final class Contest {
  static final Partition PARTITION = Partition.ofDay("sales", LocalDate.of(2019, 10, 1));

  private final Callable<Warehouse> opener;
  private final int runs;
  private final int revisions;

  Contest(Callable<Warehouse> opener, int runs, int revisions) {
    this.opener = opener;
    this.runs = runs;
    this.revisions = revisions;
  }

  /** Until so many revisions are published. */
  void play() throws Exception {
    var winners = new ConcurrentHashMap<Integer, String>();
    var over = new AtomicBoolean();
    var pool = Executors.newFixedThreadPool(runs + 1);
    try {
      var publishers = new ArrayList<Future<?>>();
      for (int i = 0; i < runs; i++) {
        var name = "run-" + i;
        publishers.add(pool.submit(() -> publishMany(opener.call(), name, revisions, winners)));
      }
      var reader = pool.submit(() -> watch(opener.call(), over));
      for (var publisher : publishers) {
        publisher.get();
      }
      over.set(true);
      assertThat(reader.get()).isPositive();
    } finally {
      over.set(true);
      pool.shutdownNow();
    }
    assertEnd(opener.call(), winners);
  }

  static void assertEnd(Warehouse warehouse, Map<Integer, String> winners) throws IOException {
    warehouse.recover();
    var manifest = warehouse.manifest(PARTITION).orElseThrow();
    assertThat(winners).hasSize(manifest.revision());
    assertThat(manifest.runId()).isEqualTo(winners.get(manifest.revision()));
    assertThat(Staging.rows(warehouse, PARTITION)).hasSize(1);
    assertThat(warehouse.fileSystem().listStatus(new Layout(warehouse.root()).intents("sales")))
        .isEmpty();
  }

  /**
   * Publishes what sometimes is a change and sometimes not, until there are enough revisions.
   *
   * @param winners gets the run id of each revision that was published
   */
  static Void publishMany(
      Warehouse warehouse, String name, int revisions, Map<Integer, String> winners)
      throws IOException {
    for (int turn = 0; ; turn++) {
      int base = warehouse.manifest(PARTITION).map(Manifest::revision).orElse(0);
      if (base >= revisions) {
        return null;
      }
      var runId = name + "-" + turn;
      var staged = new Staging(warehouse, runId).stageOn(base, PARTITION, "row " + turn % 3);
      try {
        new Publisher(warehouse, runId).publish(staged);
        assertThat(winners.put(base + 1, runId)).as("winner of %d", base + 1).isNull();
      } catch (ClickmillException e) {
        assertThat(e).satisfies(held -> assertThat(e.failure()).isEqualTo(Failure.HELD));
      }
    }
  }

  /** Reads again and again; what is read under one revision belongs together. */
  private static int watch(Warehouse warehouse, AtomicBoolean over) throws IOException {
    int last = 0;
    int whole = 0;
    while (!over.get() || whole == 0) {
      var before = warehouse.manifest(PARTITION);
      if (before.isEmpty()) {
        assertThat(last).as("revision before it disappeared").isZero();
        continue;
      }
      int revision = before.get().revision();
      assertThat(revision).isGreaterThanOrEqualTo(last);
      last = revision;
      List<String> rows;
      try {
        rows = Staging.rows(warehouse, before.get());
      } catch (FileNotFoundException e) {
        // Replaced while it was read.
        continue;
      }
      assertThat(rows).hasSize(1);
      whole++;
    }
    return whole;
  }
}
