package org.clickmill.jobs.kernel;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** Closes many things, of which some may fail to close. */
public final class AllClosed {
  private AllClosed() {}

  /**
   * Closes each, also behind one that fails.
   *
   * @throws IOException the first failure, to which the further ones are added as suppressed
   */
  public static void close(Collection<? extends Closeable> all) throws IOException {
    Exception first = null;
    for (var each : all) {
      try {
        each.close();
      } catch (IOException | RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
  }
}
