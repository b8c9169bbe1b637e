package org.clickmill.formats.avro;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.BinaryData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.Fingerprint;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.fs.ChecksumOutputStream;
import org.clickmill.formats.table.WriteSettings;
import org.clickmill.formats.table.WrittenFile;
import org.clickmill.formats.warehouse.Sensitivity;

/**
 * Writes events to one Avro file, as the hours of the warehouse hold them. {@link #finish}
 * completes the file and tells what is in it, {@link #close} without finish deletes it.
 */
public final class AvroEventWriter implements Closeable {
  /** Bytes of two numbers at most. */
  private static final int LONGEST_BLOCK_HEAD = 20;

  private final Path path;
  private final ChecksumOutputStream out;
  private final BlockCompressor compressor;
  private final byte[] marker;
  private final Schema schema;
  private final int blockSize;
  private final byte[] blockHead = new byte[LONGEST_BLOCK_HEAD];

  /** One for each range of visitors' hashes. */
  private final EventBlock[] blocks;

  private final EventKey key = new EventKey();
  private final Fingerprint.Builder fingerprint = new Fingerprint.Builder();
  private boolean begun;
  private boolean finished;

  private AvroEventWriter(
      Path path,
      ChecksumOutputStream out,
      BlockCompressor compressor,
      int blockSize,
      Set<EventColumn> extra,
      int ranges) {
    this.path = path;
    this.out = out;
    this.compressor = compressor;
    this.marker = marker(path);
    this.schema = EventColumn.schema(extra);
    this.blockSize = blockSize / ranges;
    this.blocks = new EventBlock[ranges];
    Arrays.setAll(blocks, range -> new EventBlock(extra));
  }

  /**
   * Creates a file with all columns, whose events stay in their order; it must not exist yet, its
   * folder may be missing.
   */
  public static AvroEventWriter open(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    return open(fileSystem, path, configuration, EventColumn.EXTRA);
  }

  /**
   * Creates a file whose events stay in their order; it must not exist yet, its folder may be
   * missing.
   *
   * @param extra the {@link EventColumn#EXTRA} columns that the file has; an event with a value in
   *     another of these cannot be written
   */
  public static AvroEventWriter open(
      FileSystem fileSystem, Path path, Configuration configuration, Set<EventColumn> extra)
      throws IOException {
    return open(fileSystem, path, configuration, extra, 1);
  }

  /**
   * Creates a file as {@link #open(FileSystem, Path, Configuration, Set)} does, whose blocks are
   * each of one range of visitors, as {@link BlockRanges} says. Events of a range stay in their
   * order.
   */
  public static AvroEventWriter openInRanges(
      FileSystem fileSystem, Path path, Configuration configuration, Set<EventColumn> extra)
      throws IOException {
    return open(fileSystem, path, configuration, extra, BlockRanges.WRITTEN);
  }

  private static AvroEventWriter open(
      FileSystem fileSystem,
      Path path,
      Configuration configuration,
      Set<EventColumn> extra,
      int ranges)
      throws IOException {
    int blockSize = WriteSettings.AVRO_BLOCK_KB.get(configuration) << 10;
    var out =
        ChecksumOutputStream.create(
            fileSystem, path, Sensitivity.PERSONAL, fileSystem.getDefaultBlockSize(path));
    try {
      var compressor = BlockCompressor.of(WriteSettings.AVRO_CODEC.get(configuration));
      return new AvroEventWriter(path, out, compressor, blockSize, extra, ranges);
    } catch (RuntimeException e) {
      out.discard(e);
      throw e;
    }
  }

  public void write(Event event) throws IOException {
    key.encode(event);
    write(event, key.bytes(), 0, key.contentLength());
  }

  /** Writes an event whose key the caller has already; given is the key's content prefix. */
  public void write(Event event, byte[] key, int offset, int contentLength) throws IOException {
    var block = blocks[range(event, key, offset, contentLength)];
    block.add(event);
    if (block.length() >= blockSize) {
      writeBlock(block);
    }
    fingerprint.add(key, offset, contentLength);
  }

  private int range(Event event, byte[] key, int offset, int contentLength) {
    return blocks.length == 1
        ? 0
        : VisitorHash.range(VisitorHash.of(event, key, offset, contentLength), blocks.length);
  }

  /** What the events written so far are. */
  public Fingerprint fingerprint() {
    return fingerprint.build();
  }

  /** Completes the file. No more events can be written. */
  public WrittenFile finish() throws IOException {
    writeRest();
    out.close();
    compressor.close();
    finished = true;
    var rows = fingerprint.build();
    return out.written(rows.rows(), rows);
  }

  /** Deletes the file, unless it is finished. */
  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    compressor.close();
    out.discard();
  }

  private void writeRest() throws IOException {
    if (!begun) {
      // The events of a small file are not worth blocks of their own.
      for (int range = 1; range < blocks.length; range++) {
        blocks[0].addAll(blocks[range]);
        blocks[range].clear();
      }
      begin(1);
    }
    for (var block : blocks) {
      if (block.events() > 0) {
        writeBlock(block);
      }
    }
  }

  private void begin(int ranges) throws IOException {
    out.write(header(compressor.codec(), marker, schema, ranges));
    begun = true;
  }

  /** Writes what Avro wants of a block: its rows and bytes, itself, and the file's marker. */
  private void writeBlock(EventBlock block) throws IOException {
    if (!begun) {
      begin(blocks.length);
    }
    int size = compressor.compress(block.bytes(), block.length());
    int head = BinaryData.encodeLong(block.events(), blockHead, 0);
    head += BinaryData.encodeLong(size, blockHead, head);
    out.write(blockHead, 0, head);
    out.write(compressor.bytes(), 0, size);
    out.write(marker, 0, marker.length);
    block.clear();
  }

  @Override
  public String toString() {
    return "events in " + path;
  }

  /** The beginning of a file as Avro makes it: the schema, the codec and the marker. */
  private static byte[] header(CodecFactory codec, byte[] marker, Schema schema, int ranges)
      throws IOException {
    var header = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
      writer.setCodec(codec);
      writer.setMeta(SchemaChecksum.KEY, SchemaChecksum.of(schema.toString()));
      if (ranges > 1) {
        writer.setMeta(BlockRanges.KEY, Integer.toString(ranges));
      }
      writer.create(schema, header, marker);
    }
    return header.toByteArray();
  }

  /** From the file's name instead of chance: the same events give the same bytes. */
  private static byte[] marker(Path path) {
    var hash = Hashing.murmur3_128().hashCharsTo128Bits("clickmill events " + path.getName());
    return ByteBuffer.allocate(16)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }
}
