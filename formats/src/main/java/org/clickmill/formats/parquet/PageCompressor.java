package org.clickmill.formats.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.clickmill.formats.table.WriteSettings.ParquetCodec;
import org.xerial.snappy.Snappy;

/** Compresses the pages of a file. */
final class PageCompressor implements Closeable {
  /** What parquet-java takes. */
  private static final int ZSTD_LEVEL = 3;

  /**
   * What the level stands for where the size is not known, as in parquet-java. For pages of less
   * than 256 KiB zstd would choose other numbers, which make short repeated texts larger.
   */
  private static final int ZSTD_HASH_LOG = 17;

  private static final int ZSTD_CHAIN_LOG = 16;
  private static final int ZSTD_SEARCH_LOG = 1;
  private static final int ZSTD_MIN_MATCH = 5;
  private static final int ZSTD_STRATEGY = 2;

  private final ParquetCodec codec;
  private byte[] buffer = new byte[1 << 10];
  private ZstdCompressCtx zstd;

  PageCompressor(ParquetCodec codec) {
    this.codec = codec;
  }

  CompressionCodecName codec() {
    return switch (codec) {
      case ZSTD -> CompressionCodecName.ZSTD;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case UNCOMPRESSED -> CompressionCodecName.UNCOMPRESSED;
    };
  }

  /** The first bytes of an array, compressed, in an array of their own. */
  byte[] compress(byte[] bytes, int length) throws IOException {
    return switch (codec) {
      case ZSTD -> zstd(bytes, length);
      case SNAPPY -> snappy(bytes, length);
      case UNCOMPRESSED -> Arrays.copyOf(bytes, length);
    };
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }

  private byte[] zstd(byte[] bytes, int length) {
    if (zstd == null) {
      zstd = new ZstdCompressCtx();
      zstd.setLevel(ZSTD_LEVEL)
          .setHashLog(ZSTD_HASH_LOG)
          .setChainLog(ZSTD_CHAIN_LOG)
          .setSearchLog(ZSTD_SEARCH_LOG)
          .setMinMatch(ZSTD_MIN_MATCH)
          .setStrategy(ZSTD_STRATEGY);
    }
    reserve(Math.toIntExact(Zstd.compressBound(length)));
    int size = zstd.compressByteArray(buffer, 0, buffer.length, bytes, 0, length);
    return Arrays.copyOf(buffer, size);
  }

  private byte[] snappy(byte[] bytes, int length) throws IOException {
    reserve(Snappy.maxCompressedLength(length));
    int size = Snappy.compress(bytes, 0, length, buffer, 0);
    return Arrays.copyOf(buffer, size);
  }

  private void reserve(int size) {
    if (size > buffer.length) {
      buffer = new byte[Math.max(size, Math.min(2 * buffer.length, 1 << 24))];
    }
  }
}
