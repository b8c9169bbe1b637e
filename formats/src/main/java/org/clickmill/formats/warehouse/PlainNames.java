package org.clickmill.formats.warehouse;

import java.util.regex.Pattern;

/**
 * Names that lead nowhere else. What files say of paths is held against them before anything is
 * moved, since whoever may write such a file need not have the rights of who reads it.
 */
public final class PlainNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.=+-]*");

  private PlainNames() {}

  /** Whether a text is the name of one file or folder, and no hidden one. */
  public static boolean isPlain(String name) {
    return name != null && NAME.matcher(name).matches();
  }

  /** Whether a dataset and each folder of a partition have plain names. */
  public static boolean isPlain(Partition partition) {
    if (!isPlain(partition.dataset()) || partition.path() == null) {
      return false;
    }
    for (var name : partition.path().split("/", -1)) {
      if (!isPlain(name)) {
        return false;
      }
    }
    return true;
  }
}
