package org.clickmill.formats.warehouse;

/** The names of the datasets that analyses read. */
public final class Datasets {
  /** Events by hour, as they came in. */
  public static final String EVENTS = "events";

  /** Events by day, sorted by time, without duplicates. */
  public static final String EVENTS_DAILY = "events_daily";

  /** Records that could not be understood, by the run that met them. */
  public static final String REJECTS = "rejects";

  /** Events that came after their hour was sealed, and wait to be folded into it. */
  public static final String LATE = "late";

  /** What checks found of the partitions of a day. */
  public static final String DATA_QUALITY = "data_quality";

  private Datasets() {}
}
