package org.clickmill.formats.avro;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.clickmill.formats.fs.ChecksumOutputStream;
import org.clickmill.formats.table.WriteSettings;
import org.clickmill.formats.table.WrittenFile;

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
  private final int blockSize;
  private final byte[] blockHead = new byte[LONGEST_BLOCK_HEAD];
  private final EventBlock block;
  private final EventKey key = new EventKey();
  private final Fingerprint.Builder fingerprint = new Fingerprint.Builder();
  private boolean finished;

  private AvroEventWriter(
      Path path,
      ChecksumOutputStream out,
      BlockCompressor compressor,
      byte[] marker,
      int blockSize,
      EventBlock block) {
    this.path = path;
    this.out = out;
    this.compressor = compressor;
    this.marker = marker;
    this.blockSize = blockSize;
    this.block = block;
  }

  /** Creates a file with all columns; it must not exist yet, its folder may be missing. */
  public static AvroEventWriter open(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    return open(fileSystem, path, configuration, EventColumn.EXTRA);
  }

  /**
   * Creates a file; it must not exist yet, its folder may be missing.
   *
   * @param extra the {@link EventColumn#EXTRA} columns that the file has; an event with a value in
   *     another of these cannot be written
   */
  public static AvroEventWriter open(
      FileSystem fileSystem, Path path, Configuration configuration, Set<EventColumn> extra)
      throws IOException {
    int blockSize = WriteSettings.AVRO_BLOCK_KB.get(configuration) << 10;
    byte[] marker = marker(path);
    var out = ChecksumOutputStream.create(fileSystem, path, fileSystem.getDefaultBlockSize(path));
    BlockCompressor compressor = null;
    try {
      compressor = BlockCompressor.of(WriteSettings.AVRO_CODEC.get(configuration));
      out.write(header(compressor.codec(), marker, EventColumn.schema(extra)));
      return new AvroEventWriter(path, out, compressor, marker, blockSize, new EventBlock(extra));
    } catch (IOException | RuntimeException e) {
      if (compressor != null) {
        compressor.close();
      }
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
    block.add(event);
    if (block.length() >= blockSize) {
      writeBlock();
    }
    fingerprint.add(key, offset, contentLength);
  }

  /** What the events written so far are. */
  public Fingerprint fingerprint() {
    return fingerprint.build();
  }

  /** Completes the file. No more events can be written. */
  public WrittenFile finish() throws IOException {
    if (block.events() > 0) {
      writeBlock();
    }
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

  /** Writes what Avro wants of a block: its rows and bytes, itself, and the file's marker. */
  private void writeBlock() throws IOException {
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
  private static byte[] header(CodecFactory codec, byte[] marker, Schema schema)
      throws IOException {
    var header = new ByteArrayOutputStream();
    try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
      writer.setCodec(codec);
      writer.setMeta(SchemaChecksum.KEY, SchemaChecksum.of(schema.toString()));
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
