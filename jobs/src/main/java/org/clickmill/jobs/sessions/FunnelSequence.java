package org.clickmill.jobs.sessions;

import java.util.Arrays;
import java.util.List;

/**
 * The events of a session as a funnel sees them: in order of time, and for each event the steps
 * that it matches, as bits. At one instant events that match come first, in the order of the first
 * step that they match (then of the last), so that a chain can pass several steps at once.
 */
final class FunnelSequence {
  private static final int NO_STEP = Integer.SIZE;

  /** Steps that the event matches, bit 0 for the first step. */
  int[] masks = new int[64];

  long[] times = new long[64];

  /** Index of the event in the session's columns. */
  int[] events = new int[64];

  private final FunnelDefinition definition;
  private final int[] masksOfTypes = new int[KnownType.COUNT];
  private int conditional;
  private int size;
  private long[] order = new long[16];

  FunnelSequence(FunnelDefinition definition) {
    this.definition = definition;
    for (int step = 0; step < definition.steps().size(); step++) {
      for (var type : definition.steps().get(step).types()) {
        masksOfTypes[KnownType.of(type)] |= 1 << step;
      }
      if (definition.steps().get(step).hasConditions()) {
        conditional |= 1 << step;
      }
    }
  }

  int size() {
    return size;
  }

  /**
   * Takes the events of one session; those that match nothing are needed by strict funnels only.
   */
  void fill(SessionEvents session, int from, int to) {
    size = 0;
    reserve(to - from);
    boolean hasTies = false;
    for (int i = from; i < to; i++) {
      int mask = mask(session, i);
      if (mask != 0 || definition.isStrict()) {
        masks[size] = mask;
        times[size] = session.times[i];
        events[size] = i;
        hasTies |= size > 0 && times[size - 1] == times[size];
        size++;
      }
    }
    if (hasTies) {
      orderInstants();
    }
  }

  private int mask(SessionEvents session, int event) {
    byte type = session.types[event];
    if (type == KnownType.PURCHASE && session.quantities[event] <= 0) {
      return 0;
    }
    int mask = masksOfTypes[type];
    for (int rest = mask & conditional; rest != 0; rest &= rest - 1) {
      int step = Integer.numberOfTrailingZeros(rest);
      var conditions = definition.steps().get(step);
      if (!holds(conditions.brands(), session, session.brands[event])
          || !holds(conditions.categories(), session, session.categories[event])) {
        mask &= ~(1 << step);
      }
    }
    return mask;
  }

  private static boolean holds(List<TextCondition> conditions, SessionEvents session, int text) {
    if (conditions.isEmpty()) {
      return true;
    }
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).matches(session.texts(), text)) {
        return true;
      }
    }
    return false;
  }

  private void orderInstants() {
    int start = 0;
    while (start < size) {
      int end = start + 1;
      boolean inOrder = true;
      while (end < size && times[end] == times[start]) {
        inOrder &= rank(masks[end - 1]) <= rank(masks[end]);
        end++;
      }
      if (!inOrder) {
        orderInstant(start, end);
      }
      start = end;
    }
  }

  private void orderInstant(int start, int end) {
    int count = end - start;
    if (order.length < count) {
      order = new long[2 * count];
    }
    for (int i = 0; i < count; i++) {
      order[i] = (rank(masks[start + i]) << Integer.SIZE) | i;
    }
    Arrays.sort(order, 0, count);
    int[] sortedMasks = new int[count];
    int[] sortedEvents = new int[count];
    for (int i = 0; i < count; i++) {
      int from = start + (int) order[i];
      sortedMasks[i] = masks[from];
      sortedEvents[i] = events[from];
    }
    System.arraycopy(sortedMasks, 0, masks, start, count);
    System.arraycopy(sortedEvents, 0, events, start, count);
  }

  /** Orders by the first step matched, then the last; what matches nothing comes last. */
  private static long rank(int mask) {
    return mask == 0
        ? (long) NO_STEP * NO_STEP
        : (long) Integer.numberOfTrailingZeros(mask) * NO_STEP
            + (Integer.SIZE - Integer.numberOfLeadingZeros(mask));
  }

  private void reserve(int events) {
    if (masks.length < events) {
      int capacity = Math.max(events, 2 * masks.length);
      masks = new int[capacity];
      times = new long[capacity];
      this.events = new int[capacity];
    }
  }
}
