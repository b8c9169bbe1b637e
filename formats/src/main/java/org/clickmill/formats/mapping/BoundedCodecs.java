package org.clickmill.formats.mapping;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;

/** Unpacks Parquet's pages up to a size; a damaged header cannot ask for more memory. */
final class BoundedCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory codecs;
  private final int largestPage;

  BoundedCodecs(CompressionCodecFactory codecs, int largestPage) {
    this.codecs = codecs;
    this.largestPage = largestPage;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    return codecs.getCompressor(name);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    try {
      return new BoundedDecompressor(
          codecs.getDecompressor(name), largestPage, name == CompressionCodecName.SNAPPY);
    } catch (LinkageError e) {
      // Hadoop's codecs load their libraries by need; not all of them are everywhere.
      throw new ParquetDecodingException("the library to unpack " + name + " is not here", e);
    }
  }

  @Override
  public void release() {
    codecs.release();
  }

  private static final class BoundedDecompressor implements BytesInputDecompressor {
    private final BytesInputDecompressor decompressor;
    private final int largestPage;
    private final boolean isSnappy;

    BoundedDecompressor(BytesInputDecompressor decompressor, int largestPage, boolean isSnappy) {
      this.decompressor = decompressor;
      this.largestPage = largestPage;
      this.isSnappy = isSnappy;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      check(decompressedSize);
      var buffer = bytes.toByteBuffer();
      checkSnappy(buffer, decompressedSize);
      return decompressor.decompress(BytesInput.from(buffer), decompressedSize);
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      check(decompressedSize);
      checkSnappy(input, decompressedSize);
      decompressor.decompress(input, compressedSize, output, decompressedSize);
    }

    @Override
    public void release() {
      decompressor.release();
    }

    /** What snappy packed begins with its size, for which the decompressor would make room. */
    private void checkSnappy(ByteBuffer packed, int size) throws IOException {
      if (!isSnappy) {
        return;
      }
      long found = 0;
      int position = packed.position();
      for (int shift = 0; shift < 35 && position < packed.limit(); shift += 7) {
        byte next = packed.get(position++);
        found |= (next & 0x7fL) << shift;
        if (next >= 0) {
          break;
        }
      }
      if (found != size) {
        throw new IOException("a page of " + found + " bytes where " + size + " are promised");
      }
    }

    private void check(int size) throws IOException {
      if (size < 0 || size > largestPage) {
        throw new IOException(
            "a page of "
                + size
                + " bytes, more than "
                + MappingSettings.MAX_BLOCK_MB.name()
                + " or a quarter of this process's memory allows");
      }
    }
  }
}
