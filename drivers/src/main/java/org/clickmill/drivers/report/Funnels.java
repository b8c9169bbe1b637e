package org.clickmill.drivers.report;

import java.time.LocalDate;
import java.util.List;

/**
 * How far sessions came, added up over a range of days.
 *
 * @param days how many days have a table
 * @param openDays those with sessions that can still change
 * @param medianDay the newest day without such sessions, of which the medians are; null if there is
 *     none
 * @param funnels by name
 */
public record Funnels(int days, int openDays, LocalDate medianDay, List<Funnel> funnels) {
  static final Funnels NONE = new Funnels(0, 0, null, List.of());

  /**
   * A funnel.
   *
   * @param steps from the first
   * @param brands those of the first step's event with the most sessions
   * @param categories the same of categories
   */
  public record Funnel(String name, List<Step> steps, List<Group> brands, List<Group> categories) {}

  /**
   * A step.
   *
   * @param step from 1
   * @param sessions that reached it
   * @param fromPrevious of those that reached the step before; null for the first step, and where
   *     none did
   * @param fromFirst of those that reached the first step; null where none did
   * @param medianSeconds since the step before, of the day of medians; null if unknown there
   */
  public record Step(
      int step,
      String name,
      long sessions,
      Double fromPrevious,
      Double fromFirst,
      Double medianSeconds) {}

  /**
   * A brand or category.
   *
   * @param value its name, {@code (none)} for what has none
   * @param sessions that reached each of the funnel's steps
   */
  public record Group(int rank, String value, List<Long> sessions) {
    /** Sessions that reached the last step, of those that reached the first; null if none did. */
    Double conversion() {
      return Ratio.of(sessions.get(sessions.size() - 1), sessions.get(0));
    }
  }
}
