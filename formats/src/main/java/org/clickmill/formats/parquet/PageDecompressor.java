package org.clickmill.formats.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;
import org.xerial.snappy.Snappy;

/** Decompresses Parquet pages into a buffer that is reused. */
public final class PageDecompressor implements Closeable {
  private final Configuration configuration;
  private byte[] buffer = new byte[1 << 16];
  private ZstdDecompressCtx zstd;
  private CodecFactory others;

  public PageDecompressor(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Decompresses some bytes into exactly the given number. The result begins at 0 of the array
   * returned and is valid until the next call.
   */
  byte[] decompress(CompressionCodecName codec, byte[] bytes, int start, int length, int size)
      throws IOException {
    if (size > buffer.length) {
      buffer = new byte[(int) Math.max(size, Math.min(2L * buffer.length, 1 << 24))];
    }
    if (size == 0) {
      return buffer;
    }
    int found =
        switch (codec) {
          case ZSTD -> zstd(bytes, start, length, size);
          case SNAPPY -> snappy(bytes, start, length, size);
          case GZIP -> gzip(bytes, start, length, size);
          default -> other(codec, bytes, start, length, size);
        };
    if (found != size) {
      throw new DamagedFileException("a page of %d bytes where %d are promised", found, size);
    }
    return buffer;
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
    if (others != null) {
      others.release();
    }
  }

  private int zstd(byte[] bytes, int start, int length, int size) {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    return zstd.decompressByteArray(buffer, 0, size, bytes, start, length);
  }

  private int snappy(byte[] bytes, int start, int length, int size) throws IOException {
    int found = Snappy.uncompressedLength(bytes, start, length);
    return found == size ? Snappy.uncompress(bytes, start, length, buffer, 0) : found;
  }

  private int gzip(byte[] bytes, int start, int length, int size) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes, start, length))) {
      int found = in.readNBytes(buffer, 0, size);
      return in.read() < 0 ? found : size + 1;
    }
  }

  private int other(CompressionCodecName codec, byte[] bytes, int start, int length, int size)
      throws IOException {
    if (others == null) {
      others = new CodecFactory(configuration, buffer.length);
    }
    var result =
        decompressor(codec).decompress(BytesInput.from(bytes, start, length), size).toByteBuffer();
    int found = result.remaining();
    result.get(buffer, 0, Math.min(size, found));
    return found;
  }

  private BytesInputDecompressor decompressor(CompressionCodecName codec) {
    try {
      return others.getDecompressor(codec);
    } catch (RuntimeException | LinkageError e) {
      // Codecs beyond the common ones load their libraries by need; not all of them are everywhere.
      throw new UnsupportedFileException("it is compressed by %s", codec);
    }
  }
}
