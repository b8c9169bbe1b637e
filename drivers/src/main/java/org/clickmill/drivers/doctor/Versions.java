package org.clickmill.drivers.doctor;

import java.util.Arrays;

/** Which versions Clickmill is tested with. */
final class Versions {
  private static final int[] OLDEST_JAVA = {17};
  private static final int[] NEWEST_JAVA = {25};
  private static final int[] OLDEST_HADOOP = {3, 3, 6};
  private static final int[] NEWEST_HADOOP = {3, 5};
  private static final int[] OLDEST_HIVE = {4, 0};
  private static final int[] ANY = {Integer.MAX_VALUE};

  private Versions() {}

  /**
   * Judges a Java.
   *
   * @param check what the finding is of
   * @param version as the system property {@code java.version} has it
   * @param found what is to be said, the version in it
   * @param advice what to do where it is too old or untested
   */
  static Finding ofJava(String check, String version, String found, String advice) {
    // 1.8.0 is Java 8.
    var numbers = numbers(version.startsWith("1.") ? version.substring(2) : version);
    return finding(check, numbers, OLDEST_JAVA, NEWEST_JAVA, found, advice);
  }

  /** Judges a Hadoop; the same as {@link #ofJava}. */
  static Finding ofHadoop(String check, String version, String found, String advice) {
    return finding(check, numbers(version), OLDEST_HADOOP, NEWEST_HADOOP, found, advice);
  }

  /** Judges a Hive metastore; the same as {@link #ofJava}. */
  static Finding ofHive(String check, String version, String found, String advice) {
    return finding(check, numbers(version), OLDEST_HIVE, ANY, found, advice);
  }

  private static Finding finding(
      String check, int[] version, int[] oldest, int[] newest, String found, String advice) {
    if (compare(version, oldest) < 0) {
      return Finding.failed(check, found + ", and " + text(oldest) + " is the oldest", advice);
    }
    return compare(version, newest) > 0
        ? Finding.warning(
            check, found + ", and " + text(newest) + " is the newest that is tested", advice)
        : Finding.ok(check, found);
  }

  /** By as many numbers as the bound has; a number that is missing is 0. */
  private static int compare(int[] version, int[] bound) {
    return Arrays.compare(Arrays.copyOf(version, bound.length), bound);
  }

  /** The numbers that a version begins with, as 3, 3, 6 of 3.3.6.1-vendor. */
  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]", -1))
        .takeWhile(part -> part.matches("[0-9]{1,6}"))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static String text(int[] version) {
    return String.join(".", Arrays.stream(version).mapToObj(Integer::toString).toList());
  }
}
