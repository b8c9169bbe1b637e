package org.clickmill.jobs.kernel;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * The days of a table that are to be written, in order, and cut into groups of neighbours. There
 * are at most {@link #MOST_GROUPS} groups, unless they would have too many days, so that what is
 * written by group takes few files, however many days there are.
 */
public final class RequestedDays {
  private static final int MOST_GROUPS = 64;
  private static final int MOST_DAYS_OF_GROUP = 1 << 16;

  private final long[] days;
  private final int daysOfGroup;

  /**
   * @param epochDays the days since the epoch, in order; at least one
   * @param inOneGroup whether there is only one group
   */
  RequestedDays(List<Long> epochDays, boolean inOneGroup) {
    days = epochDays.stream().mapToLong(Long::longValue).toArray();
    int most = inOneGroup ? days.length : (days.length + MOST_GROUPS - 1) / MOST_GROUPS;
    daysOfGroup = Math.min(MOST_DAYS_OF_GROUP, most);
  }

  /** Whether any of them lies between two days since the epoch, these included. */
  public boolean anyBetween(long from, long to) {
    int index = indexFrom(from);
    return index < days.length && days[index] <= to;
  }

  List<LocalDate> all() {
    return Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toList();
  }

  int size() {
    return days.length;
  }

  /** A day since the epoch. */
  long day(int index) {
    return days[index];
  }

  /** The first that is not before a day; {@link #size()} if there is none. */
  int indexFrom(long epochDay) {
    int index = Arrays.binarySearch(days, epochDay);
    return index < 0 ? -index - 1 : index;
  }

  int groups() {
    return (days.length + daysOfGroup - 1) / daysOfGroup;
  }

  int groupOf(int index) {
    return index / daysOfGroup;
  }

  /** The place of a day in its group, from 0 to 65,535. */
  int placeInGroup(int index) {
    return index % daysOfGroup;
  }

  /** The first day of a group, by which it is called. */
  LocalDate start(int group) {
    return LocalDate.ofEpochDay(days[group * daysOfGroup]);
  }

  /** A day of the group that is called by its first. */
  LocalDate day(LocalDate start, int placeInGroup) {
    return LocalDate.ofEpochDay(days[indexFrom(start.toEpochDay()) + placeInGroup]);
  }
}
