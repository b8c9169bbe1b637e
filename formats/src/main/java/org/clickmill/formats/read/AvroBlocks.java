package org.clickmill.formats.read;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.avro.Schema;
import org.clickmill.formats.write.AvroEventWriter;
import org.xerial.snappy.Snappy;

/**
 * The blocks of an Avro file. Sizes are compared with what is left of the file before they are
 * believed, and a block counts only if the file's marker stands behind it.
 */
final class AvroBlocks {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MARKER = 16;
  private static final int HEADER_STEP = 1 << 16;
  private static final int MOST_HEADER = 1 << 24;
  private static final int LONGEST_VARINT = 10;
  private static final int MOST_BLOCK = Integer.MAX_VALUE - 1024;

  private final FileBytes file;
  private final Schema schema;
  private final String codec;
  private final byte[] marker;
  private final long end;
  private long position;
  private long rows;
  private byte[] block = new byte[0];
  private int blockStart;
  private int blockEnd;

  private AvroBlocks(FileBytes file, Schema schema, String codec, byte[] marker, long end) {
    this.file = file;
    this.schema = schema;
    this.codec = codec;
    this.marker = marker;
    this.end = end;
  }

  /** Reads the header and goes to the first block whose preceding marker begins in the range. */
  static AvroBlocks open(FileBytes file, long start, long end) throws IOException {
    var header = header(file);
    var blocks = new AvroBlocks(file, header.schema(), header.codec(), header.marker(), end);
    blocks.position = header.end();
    if (start > header.end() - MARKER) {
      blocks.position = blocks.afterMarker(start);
    }
    return blocks;
  }

  Schema schema() {
    return schema;
  }

  /** Moves to the next block and decompresses it. */
  boolean next() throws IOException {
    if (position >= file.length() || position - MARKER >= end) {
      return false;
    }
    int prefix = (int) Math.min(2L * LONGEST_VARINT, file.length() - position);
    byte[] bytes = file.read(position, prefix);
    var sizes = new AvroInput();
    sizes.reset(bytes, file.offset(), file.offset() + prefix);
    rows = sizes.nextLong();
    long size = sizes.nextLong();
    long start = position + (sizes.position() - file.offset());
    if (rows < 0 || size < 0 || size > file.length() - MARKER - start || size > MOST_BLOCK) {
      throw new DamagedFileException(
          "a block of %d rows and %d bytes at byte %d of %d", rows, size, start, file.length());
    }
    bytes = file.read(start, (int) size + MARKER);
    int offset = file.offset();
    int markerAt = offset + (int) size;
    if (!Arrays.equals(bytes, markerAt, markerAt + MARKER, marker, 0, MARKER)) {
      throw new DamagedFileException("no marker behind the block at byte %d", position);
    }
    position = start + size + MARKER;
    decompress(bytes, offset, (int) size);
    return true;
  }

  /** Number of rows of the block. */
  long rows() {
    return rows;
  }

  /** The array that holds the block, from {@link #blockStart} to {@link #blockEnd}. */
  byte[] block() {
    return block;
  }

  int blockStart() {
    return blockStart;
  }

  int blockEnd() {
    return blockEnd;
  }

  /** Where the last block ended. */
  long position() {
    return position;
  }

  private void decompress(byte[] bytes, int start, int size) throws IOException {
    switch (codec) {
      case "null" -> {
        block = bytes;
        blockStart = start;
        blockEnd = start + size;
      }
      case "deflate" -> {
        var inflater = new Inflater(true);
        try (var in =
            new InflaterInputStream(new ByteArrayInputStream(bytes, start, size), inflater)) {
          readAll(in);
        } finally {
          inflater.end();
        }
      }
      case "zstandard" -> {
        try (var in = new ZstdInputStream(new ByteArrayInputStream(bytes, start, size))) {
          readAll(in);
        }
      }
      case "snappy" -> snappy(bytes, start, size - Integer.BYTES);
      default ->
          throw new DamagedFileException(
              "codec %s (known are null, deflate, snappy and zstandard)", codec);
    }
  }

  private void snappy(byte[] bytes, int start, int size) throws IOException {
    if (size < 0 || !Snappy.isValidCompressedBuffer(bytes, start, size)) {
      throw new DamagedFileException("a block that snappy did not write");
    }
    block = new byte[Snappy.uncompressedLength(bytes, start, size)];
    blockStart = 0;
    blockEnd = Snappy.uncompress(bytes, start, size, block, 0);
    var crc = new CRC32();
    crc.update(block, 0, blockEnd);
    if (Integer.reverseBytes(LittleEndian.intAt(bytes, start + size)) != (int) crc.getValue()) {
      throw new DamagedFileException("a block with a wrong checksum");
    }
  }

  /** Room grows with what is really there. */
  private void readAll(InputStream in) throws IOException {
    if (block.length == 0) {
      block = new byte[1 << 18];
    }
    blockStart = 0;
    blockEnd = 0;
    while (true) {
      int count = in.read(block, blockEnd, block.length - blockEnd);
      if (count < 0) {
        return;
      }
      blockEnd += count;
      if (blockEnd == block.length) {
        if (block.length > MOST_BLOCK / 2) {
          throw new DamagedFileException("a block of more than a gigabyte");
        }
        block = Arrays.copyOf(block, 2 * block.length);
      }
    }
  }

  private long afterMarker(long start) throws IOException {
    long at = start;
    while (at < end && at + MARKER <= file.length()) {
      int size = (int) Math.min(HEADER_STEP, file.length() - at);
      byte[] bytes = file.read(at, size);
      int offset = file.offset();
      for (int i = 0; i + MARKER <= size; i++) {
        if (Arrays.equals(bytes, offset + i, offset + i + MARKER, marker, 0, MARKER)) {
          return at + i + MARKER;
        }
      }
      at += size - MARKER + 1;
    }
    return file.length();
  }

  private record Header(Schema schema, String codec, byte[] marker, long end) {}

  private static Header header(FileBytes file) throws IOException {
    for (int size = HEADER_STEP; ; size *= 4) {
      int length = (int) Math.min(size, file.length());
      byte[] bytes = file.read(0, length);
      int offset = file.offset();
      if (length < MAGIC.length
          || !Arrays.equals(bytes, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new DamagedFileException("it does not begin as an Avro file does");
      }
      try {
        return header(bytes, offset + MAGIC.length, offset, offset + length);
      } catch (AvroInput.EndException e) {
        if (length == file.length() || size >= MOST_HEADER) {
          throw e;
        }
      }
    }
  }

  private static Header header(byte[] bytes, int start, int offset, int limit) {
    var in = new AvroInput();
    in.reset(bytes, start, limit);
    String schema = null;
    String codec = "null";
    String checksum = null;
    for (long count = in.nextLong(); count != 0; count = in.nextLong()) {
      if (count < 0) {
        in.nextLong();
        count = -count;
      }
      for (long i = 0; i < count; i++) {
        var key = text(in);
        var value = text(in);
        if (key.equals("avro.schema")) {
          schema = value;
        } else if (key.equals("avro.codec")) {
          codec = value;
        } else if (key.equals(AvroEventWriter.SCHEMA_CHECKSUM)) {
          checksum = value;
        }
      }
    }
    int markerStart = in.nextBytes(MARKER);
    if (schema == null) {
      throw new DamagedFileException("its header has no schema");
    }
    if (checksum != null && !checksum.equals(AvroEventWriter.checksum(schema))) {
      throw new DamagedFileException("a schema in its header with a wrong checksum");
    }
    return new Header(
        new Schema.Parser().parse(schema),
        codec,
        Arrays.copyOfRange(bytes, markerStart, markerStart + MARKER),
        in.position() - offset);
  }

  private static String text(AvroInput in) {
    int length = in.nextLength();
    return new String(in.bytes(), in.nextBytes(length), length, StandardCharsets.UTF_8);
  }
}
