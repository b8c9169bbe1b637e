package org.clickmill.jobs.sessions;

import java.util.Arrays;

/**
 * The events of one instant as a funnel sees them, each as the bits of the steps that it matches.
 * They are taken in content order and given in the order of the first step that they match, then of
 * the last; what matches nothing comes last.
 */
final class FunnelInstant {
  private static final int NO_STEP = Integer.SIZE;

  private final int steps;
  private final int most;
  private int[] masks = new int[4];
  private long[] order = new long[4];
  private int size;

  /** How many of the events taken last were equal. */
  private int equal;

  /**
   * @param steps of the funnel
   * @param most the most events that are remembered
   */
  FunnelInstant(int steps, int most) {
    this.steps = steps;
    this.most = most;
  }

  void clear() {
    size = 0;
    equal = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Takes an event; false if it is not remembered since there are too many. */
  boolean add(int mask) {
    equal = size > 0 && masks[size - 1] == mask ? equal + 1 : 1;
    if (equal > steps) {
      // Of equal events in a row no more than there are steps can reach one.
      return true;
    }
    if (size == most) {
      return false;
    }
    if (size == masks.length) {
      masks = Arrays.copyOf(masks, 2 * size);
    }
    masks[size++] = mask;
    return true;
  }

  /** Brings the events into order. */
  void sort() {
    boolean isInOrder = true;
    for (int i = 1; i < size; i++) {
      isInOrder &= rank(masks[i - 1]) <= rank(masks[i]);
    }
    if (isInOrder) {
      return;
    }
    if (order.length < size) {
      order = new long[masks.length];
    }
    for (int i = 0; i < size; i++) {
      order[i] = (long) rank(masks[i]) << Integer.SIZE | i;
    }
    Arrays.sort(order, 0, size);
    int[] sorted = new int[masks.length];
    for (int i = 0; i < size; i++) {
      sorted[i] = masks[(int) order[i]];
    }
    masks = sorted;
  }

  int mask(int i) {
    return masks[i];
  }

  /** Orders by the first step matched, then the last; what matches nothing comes last. */
  static int rank(int mask) {
    return mask == 0
        ? NO_STEP * NO_STEP
        : Integer.numberOfTrailingZeros(mask) * NO_STEP
            + (Integer.SIZE - Integer.numberOfLeadingZeros(mask));
  }
}
