package org.clickmill.formats.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.Closeable;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.apache.avro.file.CodecFactory;
import org.clickmill.formats.table.WriteSettings.AvroCodec;

/** Compresses the blocks of an Avro file, each in one go. */
abstract class BlockCompressor implements Closeable {
  private byte[] buffer = new byte[0];

  static BlockCompressor of(AvroCodec codec) {
    return switch (codec) {
      case ZSTD -> new OfZstd();
      case DEFLATE -> new OfDeflate();
    };
  }

  /** How Avro calls the codec. */
  abstract CodecFactory codec();

  /**
   * Compresses the first bytes of a block.
   *
   * @return how many there are of them now in {@link #bytes()}
   */
  abstract int compress(byte[] block, int length);

  /** Hold the block that was compressed last. */
  byte[] bytes() {
    return buffer;
  }

  @Override
  public abstract void close();

  /** Makes room for more bytes, behind those that are there. */
  byte[] reserve(int size) {
    if (size > buffer.length) {
      buffer = Arrays.copyOf(buffer, size);
    }
    return buffer;
  }

  private static final class OfZstd extends BlockCompressor {
    /**
     * Twice as fast as the usual 3, for 6 % more bytes; the day's file replaces the hours' soon.
     */
    private static final int LEVEL = 1;

    /** With a checksum in each block, so that flipped bytes are found where the disk has none. */
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);

    @Override
    CodecFactory codec() {
      return CodecFactory.zstandardCodec(LEVEL, true);
    }

    @Override
    int compress(byte[] block, int length) {
      byte[] target = reserve(Math.toIntExact(Zstd.compressBound(length)));
      return zstd.compressByteArray(target, 0, target.length, block, 0, length);
    }

    @Override
    public void close() {
      zstd.close();
    }
  }

  private static final class OfDeflate extends BlockCompressor {
    private final Deflater deflater = new Deflater(CodecFactory.DEFAULT_DEFLATE_LEVEL, true);

    @Override
    CodecFactory codec() {
      return CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
    }

    @Override
    int compress(byte[] block, int length) {
      deflater.reset();
      deflater.setInput(block, 0, length);
      deflater.finish();
      int size = 0;
      while (!deflater.finished()) {
        byte[] target = reserve(Math.max(size + 1024, length / 2));
        size += deflater.deflate(target, size, target.length - size);
      }
      return size;
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
