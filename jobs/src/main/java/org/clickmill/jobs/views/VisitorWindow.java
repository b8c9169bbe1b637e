package org.clickmill.jobs.views;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.clickmill.jobs.groupby.ThetaSketch;

/**
 * The distinct visitors of a window that slides over days, of which each has the sketch of its
 * visitors ({@link ThetaSketch}).
 *
 * <p>Sketches can be united but not subtracted. So the window is a queue of two stacks. New days
 * are pushed on one stack, which also keeps the union of all its days. When the oldest day goes and
 * the other stack is empty, the days move over to it, the newest first, and each stands there for
 * the union of itself and all newer ones that moved; to take a day away is to pop it. The window is
 * the union of the top of the one with the union of the other, so a day costs two unions, however
 * long the window is.
 *
 * <p>A union keeps the 4,096 smallest hashes and, as theta, the one above them. What a union has
 * dropped is above its theta, and no larger union has a theta above that. So every grouping of the
 * days gives the same.
 */
final class VisitorWindow {
  private final Stack unions = new Stack();
  private final Stack days = new Stack();
  private Hashes daysUnion = new Hashes();
  private Hashes scratch = new Hashes();

  /** The hashes below theta, in order: a part of an array. */
  private static final class Hashes {
    private long[] values = new long[16];
    private int from;
    private int end;
    private long theta = ThetaSketch.NO_BOUND;

    private void clear() {
      from = 0;
      end = 0;
      theta = ThetaSketch.NO_BOUND;
    }

    /** Becomes the union of two others, behind what stands in the array before a place. */
    private void unite(Hashes a, Hashes b, int place) {
      from = place;
      reserve(place, a.end - a.from + b.end - b.from);
      theta = Math.min(a.theta, b.theta);
      int i = a.from;
      int j = b.from;
      int to = place;
      while (i < a.end || j < b.end) {
        boolean isOfA = j == b.end || i < a.end && a.values[i] <= b.values[j];
        long hash = isOfA ? a.values[i] : b.values[j];
        if (hash >= theta) {
          break;
        }
        if (to - place == ThetaSketch.NOMINAL_SIZE) {
          theta = hash;
          break;
        }
        i += isOfA ? 1 : 0;
        j += j < b.end && b.values[j] == hash ? 1 : 0;
        values[to++] = hash;
      }
      end = to;
    }

    private void reserve(int place, int more) {
      if (place + more > values.length) {
        values = Arrays.copyOf(values, Math.max(place + more, 2 * values.length));
      }
    }
  }

  /** Sketches in one array, one behind the other. */
  private static final class Stack {
    private final Hashes hashes = new Hashes();
    private long[] lastDays = new long[16];
    private int[] ends = new int[16];
    private long[] thetas = new long[16];
    private int size;

    private void clear() {
      size = 0;
    }

    private int end() {
      return size == 0 ? 0 : ends[size - 1];
    }

    /** One of the sketches, until another is asked for. */
    private Hashes get(int index) {
      hashes.from = index == 0 ? 0 : ends[index - 1];
      hashes.end = ends[index];
      hashes.theta = thetas[index];
      return hashes;
    }

    /** Pushes what has been written behind the last one. */
    private void push(long day, int end, long theta) {
      if (size == ends.length) {
        lastDays = Arrays.copyOf(lastDays, 2 * size);
        ends = Arrays.copyOf(ends, 2 * size);
        thetas = Arrays.copyOf(thetas, 2 * size);
      }
      lastDays[size] = day;
      ends[size] = end;
      thetas[size++] = theta;
    }
  }

  void clear() {
    unions.clear();
    days.clear();
    daysUnion.clear();
  }

  /** Adds a day that is none before those in the window, with its sketch's image. */
  void add(long day, byte[] image, int offset, int length) {
    var buffer = ByteBuffer.wrap(image, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    int preamble = ThetaSketch.preambleLongs(buffer);
    int longs = length / Long.BYTES;
    int place = days.end();
    days.hashes.reserve(place, longs - preamble);
    for (int i = preamble; i < longs; i++) {
      days.hashes.values[place++] = buffer.getLong(i * Long.BYTES);
    }
    days.push(day, place, ThetaSketch.theta(buffer));
    uniteDays(days.size - 1);
  }

  private void uniteDays(int day) {
    scratch.unite(daysUnion, days.get(day), 0);
    var united = scratch;
    scratch = daysUnion;
    daysUnion = united;
  }

  /** Removes the days up to one, that with them. */
  void removeUpTo(long day) {
    while (unions.size > 0 && unions.lastDays[unions.size - 1] <= day) {
      unions.size--;
    }
    if (unions.size == 0 && days.size > 0 && days.lastDays[0] <= day) {
      move(day);
    }
  }

  /** Moves the days after one over to the stack of unions, newest first. */
  private void move(long after) {
    daysUnion.clear();
    for (int i = days.size - 1; i >= 0 && days.lastDays[i] > after; i--) {
      uniteDays(i);
      int place = unions.end();
      int size = daysUnion.end - daysUnion.from;
      unions.hashes.reserve(place, size);
      System.arraycopy(daysUnion.values, daysUnion.from, unions.hashes.values, place, size);
      unions.push(days.lastDays[i], place + size, daysUnion.theta);
    }
    days.clear();
    daysUnion.clear();
  }

  /** Number of visitors in the window: exact while the sketches hold all, else the estimate. */
  long count() {
    var all = daysUnion;
    if (unions.size > 0) {
      scratch.unite(unions.get(unions.size - 1), daysUnion, 0);
      all = scratch;
    }
    return ThetaSketch.count(all.end - all.from, all.theta);
  }
}
