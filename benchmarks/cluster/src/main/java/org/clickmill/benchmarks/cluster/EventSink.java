package org.clickmill.benchmarks.cluster;

import java.io.Closeable;
import java.io.IOException;
import org.clickmill.formats.event.Event;

/** Takes events in the order of time. */
interface EventSink extends Closeable {
  void write(Event event) throws IOException;

  /** Completes what was written; closing without it leaves it incomplete. */
  void finish() throws IOException;
}
