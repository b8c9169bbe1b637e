package org.clickmill.jobs.sessions;

import java.util.Arrays;

/**
 * Measures sessions against one funnel. Of the occurrences of the first step, in order of time, the
 * chosen chain begins with the first one that reaches the highest level; every later step is
 * reached by its earliest possible event, within the window. One event reaches at most one step.
 *
 * <p>A later occurrence of the first step never reaches a step earlier than one before it does. So
 * the place where each step is next matched only moves forward, and all chains of a session
 * together take one pass over its events for each step.
 */
final class FunnelEvaluator {
  private final FunnelDefinition definition;
  private final FunnelSequence sequence;
  private final int steps;

  /** For each step, where a search for an event that matches it has come to. */
  private final int[] matches;

  /** For each level, where a search for an event that ends a strict chain has come to. */
  private final int[] breaks;

  private final int[] chain;
  private final int[] best;

  FunnelEvaluator(FunnelDefinition definition) {
    this.definition = definition;
    sequence = new FunnelSequence(definition);
    steps = definition.steps().size();
    matches = new int[steps];
    breaks = new int[steps];
    chain = new int[steps];
    best = new int[steps];
  }

  FunnelDefinition definition() {
    return definition;
  }

  /**
   * The level that a session reaches: the number of steps of its chosen chain, 0 if none.
   *
   * @param session events in content order
   */
  int evaluate(SessionEvents session, int from, int to) {
    sequence.fill(session, from, to);
    Arrays.fill(matches, 0);
    Arrays.fill(breaks, 0);
    int size = sequence.size();
    int[] masks = sequence.masks;
    // Without window a chain that begins later reaches no more, unless something ended the first.
    boolean firstIsBest =
        definition.window() == FunnelDefinition.NO_WINDOW && !definition.isStrict();
    int level = 0;
    for (int start = 0; start < size && level < steps; start++) {
      if ((masks[start] & 1) == 0) {
        continue;
      }
      int reached = follow(start);
      if (reached > level) {
        level = reached;
        System.arraycopy(chain, 0, best, 0, level);
      }
      if (firstIsBest) {
        break;
      }
    }
    return level;
  }

  /** Index in the session's columns of the event that reached a step (from 0) of the chain. */
  int event(int step) {
    return sequence.events[best[step]];
  }

  /** When a step (from 0) of the chosen chain was reached. */
  long time(int step) {
    return sequence.times[best[step]];
  }

  private int follow(int start) {
    chain[0] = start;
    int level = 1;
    while (level < steps) {
      int place = nextMatch(level, chain[level - 1]);
      if (place == sequence.size()
          || sequence.times[place] - sequence.times[start] > definition.window()
          || (definition.isStrict() && nextBreak(level, chain[level - 1]) < place)) {
        break;
      }
      chain[level++] = place;
    }
    return level;
  }

  /** The first event after a place that matches the step after a level. */
  private int nextMatch(int level, int after) {
    int place = Math.max(matches[level], after + 1);
    int bit = 1 << level;
    while (place < sequence.size() && (sequence.masks[place] & bit) == 0) {
      place++;
    }
    matches[level] = place;
    return place;
  }

  /** The first event after a place that matches neither the next step nor one already reached. */
  private int nextBreak(int level, int after) {
    int place = Math.max(breaks[level], after + 1);
    int bits = (1 << (level + 1)) - 1;
    while (place < sequence.size() && (sequence.masks[place] & bits) != 0) {
      place++;
    }
    breaks[level] = place;
    return place;
  }
}
