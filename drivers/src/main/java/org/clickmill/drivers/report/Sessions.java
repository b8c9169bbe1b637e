package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.List;

/**
 * The sessions of a range of days, each counted on the day it started.
 *
 * @param days every day from first to last; empty if no day has a table
 * @param all of all days together; null if no day has a table
 */
public record Sessions(List<Day> days, Figures all) {
  static final Sessions NONE = new Sessions(List.of(), null);

  /**
   * A day.
   *
   * @param figures null if the day has no table
   */
  public record Day(LocalDate day, Figures figures) {}

  /**
   * What sessions have in common.
   *
   * @param sessions how many
   * @param open those that a later event can still belong to
   * @param bounces those of one event
   * @param buying those with a purchase
   * @param meanSeconds from the first event to the last; null without sessions
   * @param medianSeconds the same; between two sessions the middle of both
   */
  public record Figures(
      long sessions,
      long open,
      long bounces,
      long buying,
      Double meanSeconds,
      Double medianSeconds) {
    /** Bounces of all sessions; null if there are none. */
    Double bounceRate() {
      return Ratio.of(bounces, sessions);
    }

    /** Sessions with a purchase of all sessions; null if there are none. */
    Double conversion() {
      return Ratio.of(buying, sessions);
    }
  }
}
