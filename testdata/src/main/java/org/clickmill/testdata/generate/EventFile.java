package org.clickmill.testdata.generate;

import java.io.Closeable;
import java.io.IOException;

/** A file that events are being written to. Closing it without finishing leaves it incomplete. */
interface EventFile extends Closeable {
  void write(EventGenerator generator) throws IOException;

  /** Completes the file. */
  void finish() throws IOException;
}
