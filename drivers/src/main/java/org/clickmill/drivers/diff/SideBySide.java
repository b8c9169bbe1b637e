package org.clickmill.drivers.diff;

import java.io.IOException;
import java.util.Arrays;
import org.clickmill.drivers.diff.SortedRecords.Entry;

/** Reads two sorted lists of records together. */
public final class SideBySide {
  private SideBySide() {}

  /** Takes records in the order of their keys. */
  public interface Visitor {
    /** A record that only the first list has. */
    void first(Entry entry) throws IOException;

    /** A record that only the second list has. */
    void second(Entry entry) throws IOException;

    /** Records of both lists under one key. */
    void both(Entry first, Entry second) throws IOException;
  }

  /** Of equal keys within a list, each is paired with one of the other list at most. */
  public static void read(SortedRecords firsts, SortedRecords seconds, Visitor visitor)
      throws IOException {
    var first = firsts.next();
    var second = seconds.next();
    while (first != null || second != null) {
      int order = compare(first, second);
      if (order == 0) {
        visitor.both(first, second);
      } else if (order < 0) {
        visitor.first(first);
      } else {
        visitor.second(second);
      }
      first = order <= 0 ? firsts.next() : first;
      second = order >= 0 ? seconds.next() : second;
    }
  }

  private static int compare(Entry first, Entry second) {
    if (first == null) {
      return 1;
    }
    return second == null ? -1 : Arrays.compareUnsigned(first.key(), second.key());
  }
}
