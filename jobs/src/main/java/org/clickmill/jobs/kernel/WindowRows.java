package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.time.LocalDate;

/** Makes rows of what a {@link SlidingWindow} emitted, a day at a time, in order. */
public interface WindowRows {
  /** Begins the rows of another day. */
  void begin(LocalDate day);

  void write(ByteReader order, ByteReader value, RowSink output) throws IOException;

  /** Ends the rows of the day. */
  default void end(RowSink output) throws IOException {}
}
