package org.clickmill.jobs.sessions;

import java.util.Arrays;
import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * The chains of a session in one funnel that can still grow, from the one that began first to the
 * one that began last. A chain that began later has never reached a higher level. So the chains of
 * a level stand together, behind those of higher levels: an event that matches a step moves all of
 * the level below in one go, one that ends strict chains ends those behind a place, and those whose
 * window is over stand at the front.
 *
 * <p>A chain is of no use beside an earlier one that lasts as long: without window one is enough,
 * with a window one for each instant.
 */
final class FunnelChains {
  private final int steps;
  private final long window;
  private final int most;

  /** Index of the first chain below a level, from 1 to steps; that of level 1 is the end. */
  private final int[] firstBelow;

  private int head;
  private int[] brands = new int[4];
  private int[] categories = new int[4];

  /** For each chain, when it reached each step. */
  private long[] times;

  /**
   * @param window the most milliseconds from the first step to any other
   * @param most the most chains that are remembered, where there is a window
   */
  FunnelChains(int steps, long window, int most) {
    this.steps = steps;
    this.window = window;
    this.most = most;
    firstBelow = new int[steps + 2];
    times = new long[4 * steps];
  }

  void clear() {
    head = 0;
    Arrays.fill(firstBelow, 0);
  }

  boolean isEmpty() {
    return head == end();
  }

  /** Index of the first chain. */
  int head() {
    return head;
  }

  private int end() {
    return firstBelow[1];
  }

  /** The level of the first chain, where there is one. */
  int highest() {
    int level = steps;
    while (level > 1 && firstBelow[level] == head) {
      level--;
    }
    return level;
  }

  /** Drops the chains whose window is over. */
  void expire(long time) {
    int before = head;
    while (head < end() && time - times[head * steps] > window) {
      head++;
    }
    if (head > before) {
      for (int level = 1; level <= steps; level++) {
        firstBelow[level] = Math.max(firstBelow[level], head);
      }
    }
  }

  /** Drops the chains that an event ends which matches none of the steps that they allow. */
  void end(int mask) {
    int lowest = mask == 0 ? steps + 1 : Integer.numberOfTrailingZeros(mask);
    int survivors = lowest > steps ? head : firstBelow[Math.max(1, lowest)];
    for (int level = 1; level < Math.min(lowest, steps + 1); level++) {
      firstBelow[level] = survivors;
    }
  }

  /**
   * Moves the chains of a level one step on.
   *
   * @return index of the first of them, -1 if there is none
   */
  int advance(int level, long time) {
    int from = Math.max(head, firstBelow[level + 1]);
    int to = firstBelow[level];
    for (int chain = from; chain < to; chain++) {
      times[chain * steps + level] = time;
    }
    firstBelow[level + 1] = Math.max(from, to);
    return from < to ? from : -1;
  }

  /** Whether a chain that begins now would be of any use. */
  boolean wants(long time) {
    return isEmpty()
        || (window != FunnelDefinition.NO_WINDOW && times[(end() - 1) * steps] != time);
  }

  /**
   * Adds a chain that has reached the first step.
   *
   * @return false if another had to go for it
   */
  boolean add(long time, int brand, int category) {
    boolean isRoom = end() - head < most;
    if (!isRoom) {
      removeOne();
    }
    if (end() == brands.length) {
      makeRoom();
    }
    int chain = firstBelow[1]++;
    times[chain * steps] = time;
    brands[chain] = brand;
    categories[chain] = category;
    return isRoom;
  }

  /**
   * Removes a chain that is not the last of its level. The last has the most time left, so no level
   * is missed for it.
   */
  private void removeOne() {
    if (firstBelow[2] < end()) {
      // The new chain takes the place of the last at level 1.
      firstBelow[1]--;
      return;
    }
    int level = 2;
    while (level < steps && firstBelow[level] - firstBelow[level + 1] < 2) {
      level++;
    }
    int removed = Math.max(head, firstBelow[level + 1]);
    int behind = end() - removed - 1;
    System.arraycopy(brands, removed + 1, brands, removed, behind);
    System.arraycopy(categories, removed + 1, categories, removed, behind);
    System.arraycopy(times, (removed + 1) * steps, times, removed * steps, behind * steps);
    for (int each = 1; each <= level; each++) {
      firstBelow[each]--;
    }
  }

  long time(int chain, int step) {
    return times[chain * steps + step];
  }

  int brand(int chain) {
    return brands[chain];
  }

  int category(int chain) {
    return categories[chain];
  }

  private void makeRoom() {
    int size = end() - head;
    if (head > size) {
      System.arraycopy(brands, head, brands, 0, size);
      System.arraycopy(categories, head, categories, 0, size);
      System.arraycopy(times, head * steps, times, 0, size * steps);
      for (int level = 1; level <= steps; level++) {
        firstBelow[level] = Math.max(0, firstBelow[level] - head);
      }
      head = 0;
    } else {
      brands = Arrays.copyOf(brands, 2 * brands.length);
      categories = Arrays.copyOf(categories, 2 * categories.length);
      times = Arrays.copyOf(times, 2 * times.length);
    }
  }

  /** Has the strings outlast the batch. */
  void renew(EventColumns columns, SessionStrings strings) {
    for (int chain = head; chain < end(); chain++) {
      brands[chain] = strings.renewed(columns.brands, brands[chain]);
      categories[chain] = strings.renewed(columns.categories, categories[chain]);
    }
  }

  void write(EventColumns columns, SessionStrings strings, ByteWriter target) {
    target.putUnsigned(end() - head);
    int level = steps;
    for (int chain = head; chain < end(); chain++) {
      while (chain >= firstBelow[level]) {
        level--;
      }
      target.putUnsigned(level).putSigned(times[chain * steps]);
      for (int step = 1; step < level; step++) {
        target.putUnsigned(time(chain, step) - time(chain, step - 1));
      }
      strings.put(target, columns.brands, brands[chain]);
      strings.put(target, columns.categories, categories[chain]);
    }
  }

  /** Reads what {@link #write} wrote, where there are no chains. */
  void read(ByteReader source, SessionStrings strings) {
    clear();
    for (long count = source.readUnsigned(); count > 0; count--) {
      int levels = (int) source.readUnsigned();
      if (end() == brands.length) {
        makeRoom();
      }
      int chain = firstBelow[1];
      times[chain * steps] = source.readSigned();
      for (int step = 1; step < levels; step++) {
        times[chain * steps + step] = time(chain, step - 1) + source.readUnsigned();
      }
      brands[chain] = strings.read(source);
      categories[chain] = strings.read(source);
      for (int level = 1; level <= levels; level++) {
        firstBelow[level] = chain + 1;
      }
    }
  }
}
