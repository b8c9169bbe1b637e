package org.clickmill.jobs.groupby;

import it.unimi.dsi.fastutil.Arrays;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.clickmill.jobs.kernel.ScratchFile;

/**
 * 128-bit hashes for which there is no room in memory: sorted runs in a temporary file of the task,
 * which are merged to count the distinct ones.
 */
final class HashRuns implements Closeable {
  /** What is written and, of each run, read at a time. */
  private static final int BUFFER_BYTES = 1 << 13;

  private static final Comparator<Run> BY_HASH =
      (a, b) -> {
        int order = Long.compare(a.high, b.high);
        return order != 0 ? order : Long.compare(a.low, b.low);
      };

  private final ScratchFile file;
  private final List<Long> ends = new ArrayList<>();

  HashRuns() throws IOException {
    file = new ScratchFile();
  }

  /**
   * Adds a run.
   *
   * @param highs the upper halves of distinct hashes; sorted in place
   * @param lows the lower halves, sorted with them
   * @param size the number of hashes in the arrays
   */
  void add(long[] highs, long[] lows, int size) throws IOException {
    sort(highs, lows, size);
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    for (int i = 0; i < size; i++) {
      buffer.putLong(highs[i]).putLong(lows[i]);
      if (!buffer.hasRemaining() || i == size - 1) {
        file.append(buffer.flip());
        buffer.clear();
      }
    }
    ends.add(file.length());
  }

  /** The number of distinct hashes in all runs. */
  long countDistinct() throws IOException {
    var queue = new PriorityQueue<>(Math.max(1, ends.size()), BY_HASH);
    long start = 0;
    for (long end : ends) {
      var run = new Run(start, end);
      if (run.next()) {
        queue.add(run);
      }
      start = end;
    }
    long count = 0;
    long high = 0;
    long low = 0;
    while (!queue.isEmpty()) {
      var run = queue.remove();
      if (count == 0 || run.high != high || run.low != low) {
        count++;
        high = run.high;
        low = run.low;
      }
      if (run.next()) {
        queue.add(run);
      }
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static void sort(long[] highs, long[] lows, int size) {
    Arrays.quickSort(
        0,
        size,
        (a, b) -> {
          int order = Long.compare(highs[a], highs[b]);
          return order != 0 ? order : Long.compare(lows[a], lows[b]);
        },
        (a, b) -> {
          swap(highs, a, b);
          swap(lows, a, b);
        });
  }

  private static void swap(long[] array, int a, int b) {
    long other = array[a];
    array[a] = array[b];
    array[b] = other;
  }

  /** A run that is being read, at one of its hashes. */
  private final class Run {
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final long end;
    private long position;
    private long high;
    private long low;

    Run(long start, long end) {
      position = start;
      this.end = end;
    }

    /** Moves to the next hash; false at the end of the run. */
    boolean next() throws IOException {
      if (!buffer.hasRemaining() && !fill()) {
        return false;
      }
      high = buffer.getLong();
      low = buffer.getLong();
      return true;
    }

    private boolean fill() throws IOException {
      if (position == end) {
        return false;
      }
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, end - position));
      file.read(position, buffer);
      position += buffer.position();
      buffer.flip();
      return true;
    }
  }
}
