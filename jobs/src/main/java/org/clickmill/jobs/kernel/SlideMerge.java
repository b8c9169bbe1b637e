package org.clickmill.jobs.kernel;

import java.io.IOException;
import java.util.Arrays;

/**
 * Slides a window over the days of one key after another, which come in order, and emits what it
 * holds at the end of each day that is to be written.
 */
final class SlideMerge implements Merge {
  private final SlidingWindow window;
  private final RequestedDays days;
  private final Target target;

  /** The current key as the shuffle has it. */
  private final ByteWriter current = new ByteWriter();

  private final ByteWriter rawKey = new ByteWriter();
  private final ByteReader keyReader = new ByteReader();
  private boolean hasKey;
  private long lastDay;

  /** The first day that the current key has not been emitted for. */
  private int next;

  /** Takes the rows of all days. */
  interface Target {
    /**
     * @param day the index of the row's day among those requested
     */
    void add(int day, ByteWriter order, ByteWriter value) throws IOException;

    /** Is called after the last row of an output partition. */
    void end(RowSink output) throws IOException;
  }

  SlideMerge(SlidingWindow window, RequestedDays days, Target target) {
    this.window = window;
    this.days = days;
    this.target = target;
  }

  @Override
  public void merge(ByteReader key, PartialAggregates partials, RowSink output) throws IOException {
    long day = DayKey.day(key);
    if (isCurrent(key)) {
      emitBefore(day);
    } else {
      endKey();
      begin(key);
    }
    next = days.indexFrom(day);
    while (partials.next()) {
      window.add(day, partials.value());
    }
    lastDay = day;
  }

  @Override
  public void end(RowSink output) throws IOException {
    endKey();
    target.end(output);
  }

  private boolean isCurrent(ByteReader key) {
    int from = key.position();
    return hasKey
        && Arrays.equals(
            current.bytes(), 0, current.length(), key.bytes(), from, from + DayKey.keyLength(key));
  }

  private void begin(ByteReader key) {
    hasKey = true;
    current.clear().putBytes(key.bytes(), key.position(), DayKey.keyLength(key));
    DayKey.getKey(key, rawKey.clear());
    window.begin(keyReader.reset(rawKey.bytes(), 0, rawKey.length()));
  }

  private void endKey() throws IOException {
    if (hasKey) {
      emitBefore(Long.MAX_VALUE);
      hasKey = false;
    }
  }

  /** Emits the days before the key's next one, as long as they see the last one. */
  private void emitBefore(long day) throws IOException {
    long end = Math.min(day, lastDay + window.days());
    for (; next < days.size() && days.day(next) < end; next++) {
      int index = next;
      window.emit(days.day(next), (order, value) -> target.add(index, order, value));
    }
  }
}
