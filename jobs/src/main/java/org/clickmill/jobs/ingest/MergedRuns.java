package org.clickmill.jobs.ingest;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;
import org.clickmill.formats.read.EventBatch;

/** The events of several runs in one order. */
final class MergedRuns {
  private final PriorityQueue<EventRun> others = new PriorityQueue<>();
  private EventRun first;

  /** Takes runs that have not begun. */
  static MergedRuns of(List<EventRun> runs) throws IOException {
    var merged = new MergedRuns();
    for (var run : runs) {
      if (run.next()) {
        merged.others.add(run);
      }
    }
    return merged;
  }

  /** Moves to the next event; false at the end. */
  boolean next() throws IOException {
    if (first == null || !first.next()) {
      first = others.poll();
      return first != null;
    }
    if (!others.isEmpty() && others.peek().compareTo(first) < 0) {
      others.add(first);
      first = others.poll();
    }
    return true;
  }

  EventBatch batch() {
    return first.batch();
  }

  int row() {
    return first.row();
  }
}
