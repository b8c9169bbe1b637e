package org.clickmill.drivers.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A line that tells how far something is: written over itself on a terminal, elsewhere one every
 * ten seconds, so that a log stays readable.
 */
final class StatusLine implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final PrintWriter out;
  private final int columns;
  private Instant last;
  private String shown = "";
  private boolean isOpen;

  /**
   * @param columns width of the terminal, 0 for none
   */
  StatusLine(InstantSource clock, PrintWriter out, int columns) {
    this.clock = clock;
    this.out = out;
    this.columns = columns;
    last = clock.instant();
  }

  void show(String text) {
    if (columns > 1) {
      if (text.equals(shown)) {
        return;
      }
      shown = text;
      int width = columns - 1;
      var cut = text.length() > width ? text.substring(0, width) : text;
      out.print("\r" + cut + " ".repeat(width - cut.length()));
      out.flush();
      isOpen = true;
      return;
    }
    var now = clock.instant();
    if (Duration.between(last, now).compareTo(INTERVAL) >= 0) {
      last = now;
      out.println(text);
      out.flush();
    }
  }

  /** Leaves what stands on the terminal. */
  @Override
  public void close() {
    if (isOpen) {
      out.println();
      out.flush();
      isOpen = false;
    }
  }
}
