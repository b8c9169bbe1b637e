package org.clickmill.jobs.sessions;

import org.clickmill.jobs.kernel.ByteReader;
import org.clickmill.jobs.kernel.ByteWriter;

/**
 * How far a session has come in one funnel. Of the occurrences of the first step, in order of time,
 * the chosen chain begins with the first one that reaches the highest level; every later step is
 * reached by its earliest possible event, within the window. One event reaches at most one step.
 *
 * <p>Events are added in content order; those of an instant wait until it is over, since a funnel
 * takes them in the order of its steps.
 */
final class FunnelState {
  private static final int NO_RANK = Integer.MAX_VALUE;

  private final FunnelDefinition definition;
  private final FunnelMatcher matcher;
  private final FunnelInstant instant;
  private final FunnelChains chains;
  private final int steps;
  private final boolean hasWindow;

  /** The chosen chain so far. */
  private int level;

  private final long[] times;
  private int brand;
  private int category;

  private boolean isCapped;
  private long time;

  /** Of the event of the instant that begins a chain if one does. */
  private int startRank;

  private int startBrand;
  private int startCategory;

  FunnelState(FunnelDefinition definition, SessionLimits limits) {
    this(definition, limits, SessionRules.LONGEST);
  }

  /**
   * @param longest the most milliseconds from the first event to the last
   */
  FunnelState(FunnelDefinition definition, SessionLimits limits, long longest) {
    this.definition = definition;
    matcher = new FunnelMatcher(definition);
    steps = definition.steps().size();
    // A window as long as all there is, is none.
    hasWindow = definition.window() < longest;
    instant = new FunnelInstant(steps, limits.instantEvents());
    chains =
        new FunnelChains(
            steps,
            hasWindow ? definition.window() : FunnelDefinition.NO_WINDOW,
            limits.funnelStarts());
    times = new long[steps];
  }

  /** Begins with the columns of another batch. */
  void begin(EventColumns columns) {
    matcher.begin(columns);
  }

  /** Begins a session. */
  void clear() {
    level = 0;
    isCapped = false;
    instant.clear();
    chains.clear();
    startRank = NO_RANK;
  }

  /** Adds an event. */
  void add(EventColumns columns, int row, SessionStrings strings) {
    if (level == steps) {
      return;
    }
    int mask = matcher.mask(columns, row);
    if (!isTaken(columns.times[row], mask)) {
      return;
    }
    if ((mask & 1) != 0 && FunnelInstant.rank(mask) < startRank) {
      startRank = FunnelInstant.rank(mask);
      startBrand = strings.reference(columns.brands, row);
      startCategory = strings.reference(columns.categories, row);
    }
    if (!instant.add(mask)) {
      isCapped = true;
    }
  }

  /** Adds an event of which nothing but the steps that it matches matters. */
  void add(long eventTime, int mask) {
    if (level < steps && isTaken(eventTime, mask) && !instant.add(mask)) {
      isCapped = true;
    }
  }

  /** Whether an event, whose instant is begun, may change something. */
  private boolean isTaken(long eventTime, int mask) {
    if (mask == 0 && !definition.isStrict()) {
      return false;
    }
    if (eventTime != time || instant.isEmpty()) {
      settle();
      time = eventTime;
    }
    return !(instant.isEmpty() && changesNothing(mask));
  }

  /** Whether all that an event could do is to reach again what the only chain has reached. */
  private boolean changesNothing(int mask) {
    return !hasWindow && mask != 0 && !chains.isEmpty() && mask >>> chains.highest() == 0;
  }

  /** Takes in the events of the instant, which is over. */
  void settle() {
    if (instant.isEmpty()) {
      return;
    }
    instant.sort();
    if (hasWindow) {
      chains.expire(time);
    }
    for (int i = 0; i < instant.size() && level < steps; i++) {
      take(instant.mask(i));
    }
    instant.clear();
    startRank = NO_RANK;
  }

  private void take(int mask) {
    if (definition.isStrict()) {
      chains.end(mask);
    }
    // The highest level first, so that a chain goes one step and no more.
    for (int rest = mask & ~1; rest != 0; ) {
      int step = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(rest);
      rest &= ~(1 << step);
      int first = chains.advance(step, time);
      if (first >= 0 && step + 1 > level) {
        choose(first, step + 1);
      }
    }
    if ((mask & 1) != 0 && chains.wants(time)) {
      isCapped |= !chains.add(time, startBrand, startCategory);
      if (level == 0) {
        choose(chains.head(), 1);
      }
    }
  }

  private void choose(int chain, int reached) {
    level = reached;
    for (int step = 0; step < level; step++) {
      times[step] = chains.time(chain, step);
    }
    brand = chains.brand(chain);
    category = chains.category(chain);
  }

  /** The number of steps of the chosen chain, 0 if none, once the last instant is settled. */
  int level() {
    return level;
  }

  /** When a step (from 0) of the chosen chain was reached. */
  long time(int step) {
    return times[step];
  }

  /** The brand of the first step's event, a reference. */
  int brand() {
    return brand;
  }

  /** The category_code of the first step's event, a reference. */
  int category() {
    return category;
  }

  /** Whether there was more than is remembered, so that an earlier start may be the right one. */
  boolean isCapped() {
    return isCapped;
  }

  /** Has the strings outlast the batch. */
  void renew(EventColumns columns, SessionStrings strings) {
    if (startRank != NO_RANK) {
      startBrand = strings.renewed(columns.brands, startBrand);
      startCategory = strings.renewed(columns.categories, startCategory);
    }
    if (level > 0) {
      brand = strings.renewed(columns.brands, brand);
      category = strings.renewed(columns.categories, category);
    }
    chains.renew(columns, strings);
  }

  /** Writes the state, of which the last instant must be over. */
  void write(EventColumns columns, SessionStrings strings, ByteWriter target) {
    settle();
    target.putUnsigned(level).putByte(isCapped ? 1 : 0);
    if (level == 0) {
      return;
    }
    target.putSigned(times[0]);
    for (int step = 1; step < level; step++) {
      target.putUnsigned(times[step] - times[step - 1]);
    }
    strings.put(target, columns.brands, brand);
    strings.put(target, columns.categories, category);
    if (level < steps) {
      chains.write(columns, strings, target);
    }
  }

  /** Reads what {@link #write} wrote, into a state that is clear. */
  void read(ByteReader source, SessionStrings strings) {
    level = (int) source.readUnsigned();
    isCapped = source.readByte() != 0;
    if (level == 0) {
      return;
    }
    times[0] = source.readSigned();
    for (int step = 1; step < level; step++) {
      times[step] = times[step - 1] + source.readUnsigned();
    }
    brand = strings.read(source);
    category = strings.read(source);
    if (level < steps) {
      chains.read(source, strings);
    }
  }
}
