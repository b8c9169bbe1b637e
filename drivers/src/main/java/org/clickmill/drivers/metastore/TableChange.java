package org.clickmill.drivers.metastore;

import java.util.Locale;

/**
 * What was, or would be, changed of a table in the metastore.
 *
 * @param table its name
 * @param created whether it was not there
 * @param altered whether its definition was another
 * @param added partitions that were missing
 * @param changed partitions that were registered otherwise
 * @param dropped partitions that the warehouse does not have
 * @param failure why it could not be registered; null if it could
 */
public record TableChange(
    String table,
    boolean created,
    boolean altered,
    long added,
    long changed,
    long dropped,
    String failure) {

  /** Whether nothing was different. */
  public boolean isNothing() {
    return !created && !altered && added + changed + dropped == 0 && failure == null;
  }

  /** The same for people, as a line. */
  public String text() {
    var definition = created ? "created" : altered ? "altered" : "";
    return String.format(
            Locale.ROOT,
            "%-28s %-8s %,8d %,8d %,8d  %s",
            table,
            definition,
            added,
            changed,
            dropped,
            failure == null ? "" : failure)
        .stripTrailing();
  }

  /** What stands above such lines. */
  public static String header() {
    return String.format(
        Locale.ROOT, "%-28s %-8s %8s %8s %8s", "table", "", "added", "changed", "dropped");
  }
}
