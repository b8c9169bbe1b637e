package org.clickmill.formats.mapping;

/** The proleptic ISO calendar in plain arithmetic. */
final class CivilDate {
  private static final int[] MONTH_LENGTHS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private CivilDate() {}

  /** Whether there is such a day in the years 1 to 9999. */
  static boolean isValid(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
      return false;
    }
    int length = MONTH_LENGTHS[month - 1];
    return day <= length || (day == 29 && month == 2 && isLeap(year));
  }

  /** Days since 1970-01-01. */
  static long epochDay(int year, int month, int day) {
    // Years begin in March, so that the leap day comes last.
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    long yearOfEra = y - era * 400;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }
}
