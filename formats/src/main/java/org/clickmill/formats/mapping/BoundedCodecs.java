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
      return new BoundedDecompressor(codecs.getDecompressor(name), largestPage);
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

    BoundedDecompressor(BytesInputDecompressor decompressor, int largestPage) {
      this.decompressor = decompressor;
      this.largestPage = largestPage;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int decompressedSize) throws IOException {
      check(decompressedSize);
      return decompressor.decompress(bytes, decompressedSize);
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int decompressedSize)
        throws IOException {
      check(decompressedSize);
      decompressor.decompress(input, compressedSize, output, decompressedSize);
    }

    @Override
    public void release() {
      decompressor.release();
    }

    private void check(int size) throws IOException {
      if (size < 0 || size > largestPage) {
        throw new IOException(
            "a page of "
                + size
                + " bytes, more than "
                + MappingSettings.MAX_BLOCK_MB.name()
                + " allows");
      }
    }
  }
}
