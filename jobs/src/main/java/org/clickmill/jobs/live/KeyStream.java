package org.clickmill.jobs.live;

import java.io.Closeable;
import java.io.IOException;

/** Keys one after the other, in the unsigned order of their bytes. */
interface KeyStream extends Closeable {
  /** The next key, for the caller to keep; null at the end. */
  byte[] next() throws IOException;

  @Override
  default void close() throws IOException {}
}
