package org.clickmill.testdata.generate;

/** Told now and then how far a run is. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Called from the thread that generates, about every 65,536 events and at the end.
   *
   * @param events how many events are written so far
   */
  void generated(long events);
}
