package org.clickmill.formats.table;

import java.util.List;
import org.clickmill.formats.config.ConfigKey;

/** The settings of the writers. */
public final class WriteSettings {
  /** How Parquet pages are compressed. */
  public enum ParquetCodec {
    ZSTD,
    SNAPPY,
    UNCOMPRESSED
  }

  /** How Avro blocks are compressed. */
  public enum AvroCodec {
    ZSTD,
    DEFLATE
  }

  public static final ConfigKey<ParquetCodec> PARQUET_CODEC =
      ConfigKey.ofEnum(
          "clickmill.parquet.codec",
          ParquetCodec.class,
          ParquetCodec.ZSTD,
          "Compression of Parquet files.");

  public static final ConfigKey<Integer> PARQUET_ROW_GROUP_MB =
      ConfigKey.ofInt(
          "clickmill.parquet.row-group-mb",
          16,
          1,
          1024,
          "Size of a row group before compression, in MiB. A file's blocks are made at least as"
              + " large, so that a row group lies on one host. Tasks hold one in memory, decoded"
              + " (at most four times as large), for each file that they read or write.");

  public static final ConfigKey<Integer> PARQUET_DICTIONARY_MB =
      ConfigKey.ofInt(
          "clickmill.parquet.dictionary-mb",
          8,
          0,
          256,
          "Largest dictionary of a column in a row group, in MiB. The analyses are fastest on"
              + " columns with a dictionary.");

  public static final ConfigKey<Integer> PARQUET_PAGE_KB =
      ConfigKey.ofInt(
          "clickmill.parquet.page-kb", 1024, 8, 65536, "Largest page of a column, in KiB.");

  public static final ConfigKey<AvroCodec> AVRO_CODEC =
      ConfigKey.ofEnum(
          "clickmill.avro.codec",
          AvroCodec.class,
          AvroCodec.ZSTD,
          "Compression of Avro files. Readers older than Avro 1.9 know only deflate.");

  public static final ConfigKey<Integer> AVRO_BLOCK_KB =
      ConfigKey.ofInt(
          "clickmill.avro.block-kb",
          256,
          1,
          65536,
          "Size of a block of an Avro file before compression, in KiB.");

  private WriteSettings() {}

  public static List<ConfigKey<?>> all() {
    return List.of(
        PARQUET_CODEC,
        PARQUET_ROW_GROUP_MB,
        PARQUET_DICTIONARY_MB,
        PARQUET_PAGE_KB,
        AVRO_CODEC,
        AVRO_BLOCK_KB);
  }
}
