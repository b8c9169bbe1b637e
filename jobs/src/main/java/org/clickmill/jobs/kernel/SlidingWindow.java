package org.clickmill.jobs.kernel;

import java.io.IOException;

/**
 * Windows that slide over the days of one key after another. Days of a key come in order; between
 * them the window is asked for what it holds at the end of each day that is to be written.
 */
public interface SlidingWindow {
  /** The number of days that a day of the input counts in, itself included. */
  int days();

  /** Begins another key and forgets the one before. */
  void begin(ByteReader key);

  /**
   * Adds what the input has of the key on a day, which is none before the days seen so far.
   *
   * @param epochDay days since the epoch
   */
  void add(long epochDay, ByteReader value) throws IOException;

  /**
   * Emits what the windows hold that end with a day: nothing, a row, or several.
   *
   * @param epochDay no day before those seen so far, and less than {@link #days()} after the last
   */
  void emit(long epochDay, Output output) throws IOException;

  /** Takes the rows of the day that is being emitted. */
  interface Output {
    /**
     * @param order the bytes that the day's rows are sorted by
     * @param value the rest of the row
     */
    void add(ByteWriter order, ByteWriter value) throws IOException;
  }
}
