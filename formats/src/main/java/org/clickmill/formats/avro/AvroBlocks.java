package org.clickmill.formats.avro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;

/**
 * The blocks of an Avro file. Sizes are compared with what is left of the file before they are
 * believed, and a block counts only if the file's sync marker stands behind it.
 */
public final class AvroBlocks {
  /** Items without bytes (nulls, empty records) that the arrays of a block may have. */
  private static final int EMPTY_ITEMS = 1 << 20;

  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MARKER = 16;
  private static final int HEADER_STEP = 1 << 16;
  private static final int MOST_HEADER = 1 << 24;
  private static final int LONGEST_VARINT = 10;

  /** Blocks are small, and each read is a request where files are remote. */
  private static final int READ_AHEAD = 1 << 20;

  private final FileBytes file;
  private final Header header;
  private final SizeLimit limit;
  private final BlockDecompressor decompressor;
  private final AvroDecoder decoder = new AvroDecoder(EMPTY_ITEMS);
  private final long end;
  private long blockPosition;
  private long position;
  private long rows;
  private byte[] window = new byte[0];
  private int windowOffset;
  private long windowStart;
  private int windowSize;

  private AvroBlocks(FileBytes file, Header header, long end, SizeLimit limit) {
    this.file = file;
    this.header = header;
    this.end = end;
    this.limit = limit;
    this.decompressor = new BlockDecompressor(header.codec(), limit);
    this.position = header.end();
  }

  /** The schema of a file's records. */
  public static Schema schema(FileBytes file) throws IOException {
    return header(file).schema();
  }

  /**
   * Reads the header and goes to the first block whose preceding sync marker begins in the range.
   *
   * @param limit of a block, decompressed
   */
  public static AvroBlocks open(FileBytes file, long start, long end, SizeLimit limit)
      throws IOException {
    var blocks = new AvroBlocks(file, header(file), end, limit);
    if (start > blocks.position - MARKER) {
      blocks.position = blocks.afterMarker(start);
    }
    return blocks;
  }

  /** The schema of the file's records. */
  public Schema schema() {
    return header.schema();
  }

  /**
   * Moves to the next block and decompresses it.
   *
   * @throws DamagedFileException also if the block before has bytes that were not decoded
   */
  public boolean next() throws IOException {
    if (!decoder.isAtEnd()) {
      throw new DamagedFileException("a block with bytes behind its last row");
    }
    if (position >= file.length() || position - MARKER >= end) {
      return false;
    }
    long begin = position;
    int prefix = (int) Math.min(2L * LONGEST_VARINT, file.length() - position);
    int offset = read(position, prefix);
    decoder.reset(window, offset, offset + prefix);
    rows = decoder.nextLong();
    long size = decoder.nextLong();
    long start = position + (decoder.position() - offset);
    if (rows < 0 || size < 0 || size > file.length() - MARKER - start) {
      throw new DamagedFileException(
          "a block of %d rows and %d bytes at byte %d of %d", rows, size, start, file.length());
    }
    limit.check("a block", size);
    offset = read(start, (int) size + MARKER);
    if (!isMarker(window, offset + (int) size)) {
      throw new DamagedFileException("no sync marker behind the block at byte %d", begin);
    }
    position = start + size + MARKER;
    decompressor.decompress(window, offset, (int) size);
    int length = decompressor.end() - decompressor.start();
    if (rows > length) {
      throw new DamagedFileException("a block of %d rows in %d bytes", rows, length);
    }
    blockPosition = begin;
    decoder.reset(decompressor.bytes(), decompressor.start(), decompressor.end());
    return true;
  }

  /** Passes over what is left of the block. */
  void skipRest() {
    decoder.skipToEnd();
  }

  /** Of how many ranges of visitors each block has one, see {@link BlockRanges}; 1 for any. */
  int ranges() {
    return header.ranges();
  }

  /** Number of rows of the block. */
  public long rows() {
    return rows;
  }

  /** Decodes the rows of the block; the same object for all blocks. */
  public AvroDecoder decoder() {
    return decoder;
  }

  /** Where the block begins in the file. */
  public long blockPosition() {
    return blockPosition;
  }

  /** Where the last block ended. */
  public long position() {
    return position;
  }

  private boolean isMarker(byte[] bytes, int offset) {
    return Arrays.equals(bytes, offset, offset + MARKER, header.marker(), 0, MARKER);
  }

  private long afterMarker(long start) throws IOException {
    long at = start;
    while (at < end && at + MARKER <= file.length()) {
      int size = (int) Math.min(HEADER_STEP, file.length() - at);
      byte[] bytes = file.read(at, size);
      int offset = file.offset();
      for (int i = 0; i + MARKER <= size; i++) {
        if (isMarker(bytes, offset + i)) {
          return at + i + MARKER;
        }
      }
      at += size - MARKER + 1;
    }
    return file.length();
  }

  /** Reads bytes of the file into the window and returns where in it they begin. */
  private int read(long at, int size) throws IOException {
    if (at < windowStart || at + size > windowStart + windowSize) {
      windowSize = (int) Math.min(Math.max(size, READ_AHEAD), file.length() - at);
      window = file.read(at, windowSize);
      windowOffset = file.offset();
      windowStart = at;
    }
    return windowOffset + (int) (at - windowStart);
  }

  private record Header(Schema schema, String codec, int ranges, byte[] marker, long end) {}

  private static Header header(FileBytes file) throws IOException {
    for (int size = HEADER_STEP; ; size *= 4) {
      int length = (int) Math.min(size, file.length());
      byte[] bytes = file.read(0, length);
      int offset = file.offset();
      if (length < MAGIC.length
          || !Arrays.equals(bytes, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new DamagedFileException("not an Avro file: it does not begin as one");
      }
      try {
        return header(bytes, offset + MAGIC.length, offset, offset + length);
      } catch (AvroDecoder.EndException e) {
        if (length == file.length() || size >= MOST_HEADER) {
          throw new DamagedFileException("damaged or cut off in its header");
        }
      }
    }
  }

  private static Header header(byte[] bytes, int start, int offset, int limit) {
    var in = new AvroDecoder(EMPTY_ITEMS);
    in.reset(bytes, start, limit);
    String schema = null;
    String codec = "null";
    String checksum = null;
    String ranges = null;
    for (long count = in.nextLong(); count != 0; count = in.nextLong()) {
      if (count < 0) {
        in.nextLong();
        count = -count;
      }
      for (long i = 0; i < count; i++) {
        var key = string(in);
        var value = string(in);
        switch (key) {
          case "avro.schema" -> schema = value;
          case "avro.codec" -> codec = value;
          case SchemaChecksum.KEY -> checksum = value;
          case BlockRanges.KEY -> ranges = value;
          default -> {
            // What other writers say about themselves.
          }
        }
      }
    }
    int markerStart = in.nextBytes(MARKER);
    if (schema == null) {
      throw new DamagedFileException("its header has no schema");
    }
    if (checksum != null && !checksum.equals(SchemaChecksum.of(schema))) {
      throw new DamagedFileException("a schema in its header with a wrong checksum");
    }
    return new Header(
        parsed(schema),
        codec,
        BlockRanges.parse(ranges),
        Arrays.copyOfRange(bytes, markerStart, markerStart + MARKER),
        in.position() - offset);
  }

  private static Schema parsed(String schema) {
    try {
      return new Schema.Parser().parse(schema);
    } catch (SchemaParseException e) {
      // The parser of JSON adds lines on where it was.
      var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new DamagedFileException("a damaged schema in its header: %s", reason);
    }
  }

  private static String string(AvroDecoder in) {
    int length = in.nextLength();
    return new String(in.bytes(), in.nextBytes(length), length, StandardCharsets.UTF_8);
  }
}
