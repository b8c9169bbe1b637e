package org.clickmill.jobs.clv;

import java.util.List;
import java.util.Locale;

/**
 * The customary names for customers by the scores of recency and frequency (5 is best). The score
 * of money has no part in them: it says what a customer is worth, not what he is about to do.
 */
enum Segment {
  CHAMPIONS,
  LOYAL,
  POTENTIAL_LOYALISTS,
  NEW,
  PROMISING,
  NEED_ATTENTION,
  ABOUT_TO_SLEEP,
  AT_RISK,
  CANNOT_LOSE,
  HIBERNATING;

  /** A row for each score of recency from 1, a column for each of frequency from 1. */
  private static final List<List<Segment>> TABLE =
      List.of(
          List.of(HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANNOT_LOSE),
          List.of(HIBERNATING, HIBERNATING, AT_RISK, AT_RISK, CANNOT_LOSE),
          List.of(ABOUT_TO_SLEEP, ABOUT_TO_SLEEP, NEED_ATTENTION, LOYAL, LOYAL),
          List.of(PROMISING, POTENTIAL_LOYALISTS, POTENTIAL_LOYALISTS, LOYAL, LOYAL),
          List.of(NEW, POTENTIAL_LOYALISTS, POTENTIAL_LOYALISTS, CHAMPIONS, CHAMPIONS));

  static Segment of(int recency, int frequency) {
    return TABLE.get(recency - 1).get(frequency - 1);
  }

  /** As it stands in the table clv. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
