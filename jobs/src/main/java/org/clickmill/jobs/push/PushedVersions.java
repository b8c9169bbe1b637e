package org.clickmill.jobs.push;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The versions of a table's partitions that a topic holds, by the day of the partition, and how
 * those of a year are written: short enough for the metadata of an offset, which by default may
 * have 4,096 characters. {@code v1 0x59 1x31 2} says that from January 1 on, 59 days were not
 * pushed, 31 with version 1, and one with version 2.
 */
final class PushedVersions {
  private static final String FORMAT = "v1";
  private static final Pattern RUN = Pattern.compile("([0-9]{1,9})(?:x([0-9]{1,3}))?");

  private final TreeMap<LocalDate, Integer> versions = new TreeMap<>();

  /** The version of a day's partition, 0 if it was never pushed. */
  int of(LocalDate day) {
    return versions.getOrDefault(day, 0);
  }

  void put(LocalDate day, int version) {
    versions.put(day, version);
  }

  SortedMap<LocalDate, Integer> all() {
    return Collections.unmodifiableSortedMap(versions);
  }

  /** Writes the days of a year. */
  String text(int year) {
    var text = new StringBuilder(FORMAT);
    int last = -1;
    int length = 0;
    var begin = LocalDate.ofYearDay(year, 1);
    for (var day = begin; day.getYear() == year; day = day.plusDays(1)) {
      int version = of(day);
      if (version == last) {
        length++;
        continue;
      }
      append(text, last, length);
      last = version;
      length = 1;
    }
    if (last > 0) {
      append(text, last, length);
    }
    return text.toString();
  }

  /**
   * Adds the days of a year as they were written.
   *
   * @return false, and nothing is added, if the text is none of {@link #text}
   */
  boolean add(int year, String text) {
    var runs = text.split(" ", -1);
    if (!runs[0].equals(FORMAT)) {
      return false;
    }
    var read = new TreeMap<LocalDate, Integer>();
    var day = LocalDate.ofYearDay(year, 1);
    for (int i = 1; i < runs.length; i++) {
      var run = RUN.matcher(runs[i]);
      if (!run.matches()) {
        return false;
      }
      int version = Integer.parseInt(run.group(1));
      int length = run.group(2) == null ? 1 : Integer.parseInt(run.group(2));
      for (int j = 0; j < length; j++) {
        if (day.getYear() != year) {
          return false;
        }
        if (version > 0) {
          read.put(day, version);
        }
        day = day.plusDays(1);
      }
    }
    versions.putAll(read);
    return true;
  }

  private static void append(StringBuilder text, int version, int length) {
    if (length == 0) {
      return;
    }
    text.append(' ').append(version);
    if (length > 1) {
      text.append('x').append(length);
    }
  }
}
