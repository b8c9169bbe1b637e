package org.clickmill.formats.avro;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.failure.UnsupportedFileException;
import org.clickmill.formats.fs.LittleEndian;
import org.clickmill.formats.fs.SizeLimit;
import org.xerial.snappy.Snappy;

/** Decompresses the blocks of an Avro file, one at a time, none beyond a limit. */
final class BlockDecompressor {
  private static final Set<String> CODECS =
      Set.of("null", "deflate", "snappy", "zstandard", "bzip2");

  private static final int FIRST_ROOM = 1 << 18;

  /** A block of no more bytes gets its memory before it is seen whether it really has these. */
  private static final int MOST_AT_ONCE = 1 << 22;

  private final String codec;
  private final SizeLimit limit;
  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  /**
   * @throws UnsupportedFileException if the codec is not known
   */
  BlockDecompressor(String codec, SizeLimit limit) {
    if (!CODECS.contains(codec)) {
      throw new UnsupportedFileException("the Avro codec '%s'", codec);
    }
    this.codec = codec;
    this.limit = limit;
  }

  /**
   * Decompresses a block. The result lies in {@link #bytes} from {@link #start} to {@link #end}
   * until the next call, and where nothing is compressed it is the source itself.
   */
  void decompress(byte[] source, int offset, int size) throws IOException {
    switch (codec) {
      case "null" -> {
        bytes = source;
        start = offset;
        end = offset + size;
      }
      case "snappy" -> snappy(source, offset, size - Integer.BYTES);
      case "deflate" -> {
        var inflater = new Inflater(true);
        try {
          readAll(new InflaterInputStream(stream(source, offset, size), inflater));
        } finally {
          inflater.end();
        }
      }
      case "zstandard" -> {
        if (!zstd(source, offset, size)) {
          readAll(new ZstdInputStream(stream(source, offset, size)));
        }
      }
      default -> readAll(new BZip2CompressorInputStream(stream(source, offset, size)));
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /**
   * Decompresses in one go a block that says how long it will be, if that is not much; false if
   * that cannot be done.
   */
  private boolean zstd(byte[] source, int offset, int size) {
    long length = Zstd.getFrameContentSize(source, offset, size);
    if (length <= 0 || length > MOST_AT_ONCE) {
      return false;
    }
    limit.check("a block", length);
    if (length > bytes.length) {
      bytes = new byte[(int) length];
    }
    try {
      start = 0;
      end = (int) Zstd.decompressByteArray(bytes, 0, bytes.length, source, offset, size);
      return true;
    } catch (ZstdException e) {
      // What is wrong with it is told by the stream.
      return false;
    }
  }

  private static InputStream stream(byte[] source, int offset, int size) {
    return new ByteArrayInputStream(source, offset, size);
  }

  private void snappy(byte[] source, int offset, int size) throws IOException {
    if (size < 0 || !Snappy.isValidCompressedBuffer(source, offset, size)) {
      throw new DamagedFileException("a block that snappy did not write");
    }
    int length = Snappy.uncompressedLength(source, offset, size);
    limit.check("a block", Integer.toUnsignedLong(length));
    bytes = new byte[length];
    start = 0;
    end = Snappy.uncompress(source, offset, size, bytes, 0);
    var crc = new CRC32();
    crc.update(bytes, 0, end);
    if (Integer.reverseBytes(LittleEndian.intAt(source, offset + size)) != (int) crc.getValue()) {
      throw new DamagedFileException("a block with a wrong checksum");
    }
  }

  /** Room grows with what is really there. */
  private void readAll(InputStream decompressing) throws IOException {
    if (bytes.length == 0) {
      bytes = new byte[FIRST_ROOM];
    }
    start = 0;
    end = 0;
    try (var in = decompressing) {
      for (int count = read(in); count >= 0; count = read(in)) {
        end += count;
        limit.check("a block", end);
        if (end == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(2L * end, Integer.MAX_VALUE - 8L));
        }
      }
    }
  }

  private int read(InputStream in) throws IOException {
    return in.read(bytes, end, bytes.length - end);
  }
}
