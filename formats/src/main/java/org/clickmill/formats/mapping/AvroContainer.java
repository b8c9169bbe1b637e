package org.clickmill.formats.mapping;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.xerial.snappy.Snappy;

/**
 * The blocks of an Avro container file. Avro's own reader makes arrays of whatever size a damaged
 * file asks for; this one checks every size against the file and a limit first.
 */
final class AvroContainer implements Closeable {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int SYNC_SIZE = 16;

  /** More entries, or longer ones, than a header ever has. */
  private static final int MOST_METADATA = 64 * 1024 * 1024;

  private static final int BUFFER_SIZE = 64 * 1024;

  private final FSDataInputStream file;
  private final long length;
  private final int largestBlock;
  private final Schema schema;
  private final String codec;
  private final byte[] sync = new byte[SYNC_SIZE];
  private DataInputStream in;
  private long remaining;
  private byte[] block = new byte[0];
  private long records;

  /**
   * Reads the header.
   *
   * @param length of the file in bytes
   * @param largestBlock bytes that an unpacked block may have
   */
  AvroContainer(FSDataInputStream file, long length, int largestBlock) throws IOException {
    this.file = file;
    this.length = length;
    in = new DataInputStream(new BufferedInputStream(file, BUFFER_SIZE));
    remaining = length;
    this.largestBlock = largestBlock;
    if (!Arrays.equals(exactly(MAGIC.length), MAGIC)) {
      throw new IOException("not an Avro file");
    }
    var metadata = metadata();
    System.arraycopy(exactly(SYNC_SIZE), 0, sync, 0, SYNC_SIZE);
    codec = metadata.getOrDefault("avro.codec", "null");
    var json = metadata.get("avro.schema");
    if (json == null) {
      throw new IOException("no schema in the header");
    }
    try {
      schema = new Schema.Parser().parse(json);
    } catch (SchemaParseException e) {
      throw new IOException("the schema in the header is damaged: " + e.getMessage(), e);
    }
  }

  Schema schema() {
    return schema;
  }

  /** Where the next block begins, as long as none is read in part. */
  long position() {
    return length - remaining;
  }

  /** Where the marker before the next block begins. */
  long markerPosition() {
    return position() - SYNC_SIZE;
  }

  /**
   * Goes to the first block whose marker, the one before it, begins at a byte of the file or behind
   * it; to the end of the file if there is none.
   */
  void seekMarker(long start) throws IOException {
    if (start <= markerPosition()) {
      return;
    }
    if (start > length - SYNC_SIZE) {
      remaining = 0;
      return;
    }
    file.seek(start);
    in = new DataInputStream(new BufferedInputStream(file, BUFFER_SIZE));
    remaining = length - start;
    byte[] window = exactly(SYNC_SIZE);
    int oldest = 0;
    while (!isMarker(window, oldest)) {
      if (remaining == 0) {
        return;
      }
      window[oldest] = in.readByte();
      remaining--;
      oldest = (oldest + 1) % SYNC_SIZE;
    }
  }

  /** Whether a ring of bytes is the marker. */
  private boolean isMarker(byte[] ring, int oldest) {
    for (int i = 0; i < SYNC_SIZE; i++) {
      if (ring[(oldest + i) % SYNC_SIZE] != sync[i]) {
        return false;
      }
    }
    return true;
  }

  /** Goes to the next block; false at the end. */
  boolean advance() throws IOException {
    if (remaining == 0) {
      return false;
    }
    records = number();
    long size = number();
    if (records < 0 || size < 0 || size > remaining - SYNC_SIZE) {
      throw new EOFException("a block of " + size + " bytes, but the file ends before");
    }
    if (size > largestBlock) {
      throw tooLarge();
    }
    byte[] packed = exactly((int) size);
    if (!Arrays.equals(exactly(SYNC_SIZE), sync)) {
      throw new IOException("a damaged block: no sync marker behind it");
    }
    block = unpack(packed);
    return true;
  }

  /** Records in the block. */
  long records() {
    return records;
  }

  /** The block's bytes, unpacked. */
  byte[] block() {
    return block;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] unpack(byte[] packed) throws IOException {
    return switch (codec) {
      case "null" -> packed;
      case "snappy" -> unpackSnappy(packed);
      case "deflate" -> unpackDeflate(packed);
      case "zstandard" -> readAll(new ZstdInputStream(new ByteArrayInputStream(packed)));
      case "bzip2" -> readAll(new BZip2CompressorInputStream(new ByteArrayInputStream(packed)));
      default -> throw new IOException("the Avro codec '" + codec + "' is not supported");
    };
  }

  private byte[] unpackDeflate(byte[] packed) throws IOException {
    var inflater = new Inflater(true);
    try {
      return readAll(new InflaterInputStream(new ByteArrayInputStream(packed), inflater));
    } finally {
      inflater.end();
    }
  }

  private byte[] unpackSnappy(byte[] packed) throws IOException {
    int length = packed.length - Integer.BYTES;
    if (length < 1) {
      throw new EOFException("a snappy block of " + packed.length + " bytes");
    }
    int unpacked = Snappy.uncompressedLength(packed, 0, length);
    if (unpacked < 0 || unpacked > largestBlock) {
      throw tooLarge();
    }
    byte[] bytes = new byte[unpacked];
    Snappy.uncompress(packed, 0, length, bytes, 0);
    var checksum = new CRC32();
    checksum.update(bytes);
    long stored = 0;
    for (int i = length; i < packed.length; i++) {
      stored = (stored << 8) | (packed[i] & 0xff);
    }
    if (stored != checksum.getValue()) {
      throw new IOException("a damaged block: wrong checksum");
    }
    return bytes;
  }

  private byte[] readAll(InputStream unpacking) throws IOException {
    try (unpacking) {
      byte[] bytes = unpacking.readNBytes(largestBlock);
      if (bytes.length == largestBlock && unpacking.read() >= 0) {
        throw tooLarge();
      }
      return bytes;
    }
  }

  private IOException tooLarge() {
    return new IOException(
        "a block larger than "
            + MappingSettings.MAX_BLOCK_MB.name()
            + " or a quarter of this process's memory allows");
  }

  private Map<String, String> metadata() throws IOException {
    var metadata = new HashMap<String, String>();
    while (true) {
      long entries = number();
      if (entries == 0) {
        return metadata;
      }
      if (entries < 0) {
        entries = -entries;
        number();
      }
      if (entries < 0 || entries > remaining) {
        throw new IOException("a damaged header");
      }
      for (long i = 0; i < entries; i++) {
        metadata.put(text(), text());
      }
    }
  }

  private String text() throws IOException {
    long length = number();
    if (length < 0 || length > Math.min(remaining, MOST_METADATA)) {
      throw new EOFException("a damaged header");
    }
    return new String(exactly((int) length), StandardCharsets.UTF_8);
  }

  private long number() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (remaining-- <= 0) {
        throw new EOFException("the file is cut off");
      }
      byte b = in.readByte();
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a number of more than ten bytes");
  }

  private byte[] exactly(int count) throws IOException {
    if (count > remaining) {
      throw new EOFException("the file is cut off");
    }
    byte[] bytes = new byte[count];
    in.readFully(bytes);
    remaining -= count;
    return bytes;
  }
}
