package org.clickmill.formats.mapping;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings that reading foreign files listens to. */
public final class MappingSettings {
  /** The longest line of text that can be a record, in KiB. */
  public static final ConfigKey<Integer> MAX_RECORD_KB =
      ConfigKey.ofInt(
          "clickmill.import.max-record-kb",
          1024,
          1,
          1024 * 1024,
          "Longest record of a text file in KiB; a longer line is rejected.");

  /** The largest block of an Avro file or page of a Parquet file, unpacked, in MiB. */
  public static final ConfigKey<Integer> MAX_BLOCK_MB =
      ConfigKey.ofInt(
          "clickmill.import.max-block-mb",
          256,
          1,
          2047,
          "Largest unpacked block of an Avro file or page of a Parquet file in MiB; a larger one is"
              + " taken as damage.");

  private MappingSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(MAX_RECORD_KB, MAX_BLOCK_MB);
  }
}
