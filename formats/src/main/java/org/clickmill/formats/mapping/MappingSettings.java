package org.clickmill.formats.mapping;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.config.ConfigKey;
import org.clickmill.formats.fs.SizeLimit;

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
          "Largest unpacked block of an Avro file or page of a Parquet file in MiB, at most a"
              + " quarter of the process's memory; a larger one is taken as damage.");

  /** The currency of all prices in the warehouse; null if none is set. */
  public static final ConfigKey<String> CURRENCY =
      ConfigKey.ofString(
          "clickmill.currency",
          null,
          "The warehouse's currency, an ISO 4217 code such as EUR: all prices are in it. A record"
              + " of another currency is converted by clickmill.currency.rates, else rejected; one"
              + " that names no currency is in this one. Needed where a mapping feeds currency; not"
              + " to be changed once events are in the warehouse.");

  /** Where the rates of other currencies are; null if none are converted. */
  public static final ConfigKey<String> CURRENCY_RATES =
      ConfigKey.ofString(
          "clickmill.currency.rates",
          null,
          "A CSV file of daily rates, date,currency,rate: what one unit of the currency is in"
              + " clickmill.currency. An event takes the rate of its day (UTC), else of the nearest"
              + " day of the 7 before.");

  /** How many times its size a packed text file may unpack to. */
  public static final ConfigKey<Integer> MAX_UNPACK_RATIO =
      ConfigKey.ofInt(
          "clickmill.import.max-unpack-ratio",
          1000,
          1,
          1_000_000,
          "How many times its size a packed text file may unpack to, where that is more than"
              + " 64 MiB; a file that unpacks to more is an error.");

  private MappingSettings() {}

  /**
   * What a block or page may have decompressed: as {@link #MAX_BLOCK_MB} says, but no more than
   * this process has the memory for.
   */
  static SizeLimit largestBlock(Configuration configuration) {
    return SizeLimit.ofMebibytes(MAX_BLOCK_MB.get(configuration), MAX_BLOCK_MB);
  }

  public static List<ConfigKey<?>> all() {
    return List.of(MAX_RECORD_KB, MAX_BLOCK_MB, MAX_UNPACK_RATIO, CURRENCY, CURRENCY_RATES);
  }
}
