package org.clickmill.jobs.ingest;

import java.time.LocalDate;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;

/** The settings of import and compact. */
public final class IngestSettings {
  public static final ConfigKey<Double> WARN_REJECT_RATIO =
      ConfigKey.ofDouble(
          "clickmill.input.warn-reject-ratio",
          0.0001,
          0,
          1,
          "Share of rejected records above which a run warns.");

  public static final ConfigKey<Double> MAX_REJECT_RATIO =
      ConfigKey.ofDouble(
          "clickmill.input.max-reject-ratio",
          0.01,
          0,
          1,
          "Share of rejected records, of those that the mapping does not leave out, above which"
              + " import publishes nothing and exits 4.");

  public static final ConfigKey<LocalDate> MIN_DAY =
      ConfigKey.ofDay(
          "clickmill.import.min-day",
          LocalDate.of(1990, 1, 1),
          "The first day (UTC) that an imported event can be of; records of earlier times are"
              + " rejected.");

  /** What compact takes for the same event. */
  public enum Deduplicate {
    /** Events of a day with the same event_id; events without one are all kept. */
    EVENT_ID,
    /** Events that are equal in every column but their source. */
    ROW,
    /** None. */
    NONE
  }

  public static final ConfigKey<Deduplicate> DEDUPLICATE =
      ConfigKey.ofEnum(
          "clickmill.deduplicate",
          Deduplicate.class,
          Deduplicate.EVENT_ID,
          "Which events compact drops as duplicates: of those with the same event_id within a day"
              + " all but the first in content order; or of equal rows all but one; or none.");

  public static final ConfigKey<Integer> COMPACT_FILE_MB =
      ConfigKey.ofInt(
          "clickmill.compact.file-mb",
          256,
          1,
          1_000_000,
          "Megabytes of hourly files that go into one daily file; larger days become several files,"
              + " each of a range of visitors' hashes.");

  public static final ConfigKey<Integer> COMPACT_MEMORY_MB =
      ConfigKey.ofInt(
          "clickmill.compact.memory-mb",
          256,
          1,
          1_000_000,
          "Megabytes of memory in which a map task of compact sorts a day, or a part of one; what"
              + " does not fit is shuffled; commands choose it by the heap of a task.");

  /** What {@link #COMPACT_MEMORY_MB} says, in bytes. */
  static long compactMemoryBytes(Configuration configuration) {
    return (long) COMPACT_MEMORY_MB.get(configuration) << 20;
  }

  private IngestSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(
        WARN_REJECT_RATIO,
        MAX_REJECT_RATIO,
        MIN_DAY,
        DEDUPLICATE,
        COMPACT_FILE_MB,
        COMPACT_MEMORY_MB);
  }
}
