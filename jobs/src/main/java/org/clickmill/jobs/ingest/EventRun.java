package org.clickmill.jobs.ingest;

import java.io.IOException;
import org.clickmill.formats.read.EventBatch;

/** Events in order, one at a time: a row of a batch. */
final class EventRun implements Comparable<EventRun> {
  private final Source source;
  private SortedBatch sorted;
  private int index;
  private int row;

  /** Where the batches of a run come from: each begins where the one before ended, or later. */
  interface Source {
    /** The next batch, or null at the end. */
    SortedBatch next() throws IOException;
  }

  EventRun(Source source) {
    this.source = source;
  }

  /** Moves to the next event; false at the end. */
  boolean next() throws IOException {
    while (sorted == null || ++index == sorted.size()) {
      sorted = source.next();
      index = -1;
      if (sorted == null) {
        return false;
      }
    }
    row = sorted.row(index);
    return true;
  }

  EventBatch batch() {
    return sorted.batch();
  }

  int row() {
    return row;
  }

  /** Compares the events that two runs stand at. */
  @Override
  public int compareTo(EventRun other) {
    return sorted.batch().compare(row, other.sorted.batch(), other.row);
  }
}
