package org.clickmill.formats.table;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings that say how events and tables are read. */
public final class ReadSettings {
  public static final ConfigKey<Integer> SPLIT_MAX_MB =
      ConfigKey.ofInt(
          "clickmill.split.max-mb",
          256,
          1,
          1 << 20,
          "Most megabytes of input of one map task on a cluster. Larger files are cut between"
              + " row groups, smaller ones are read together.");

  public static final ConfigKey<Integer> SPLIT_COUNT =
      ConfigKey.ofInt(
          "clickmill.split.count",
          0,
          0,
          1_000_000,
          "Number of map tasks to cut the input into; 0 chooses by size and machine.");

  public static final ConfigKey<Boolean> VERIFY_CHECKSUMS =
      ConfigKey.ofBoolean(
          "clickmill.read.verify-checksums",
          true,
          "Whether the checksums of Parquet pages are verified where a file has them.");

  public static final ConfigKey<Integer> AVRO_BATCH_ROWS =
      ConfigKey.ofInt(
          "clickmill.read.avro-batch-rows",
          4_096,
          1,
          1 << 24,
          "Number of events that are read from an Avro file at a time.");

  private ReadSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(SPLIT_MAX_MB, SPLIT_COUNT, VERIFY_CHECKSUMS, AVRO_BATCH_ROWS);
  }
}
