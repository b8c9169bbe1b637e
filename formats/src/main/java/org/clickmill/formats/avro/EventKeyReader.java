package org.clickmill.formats.avro;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Closeable;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;

/**
 * Reads the events of an Avro file one by one, and makes keys of the bytes of its blocks, without
 * an object or a copy of any value. Strict about what it does not know, as {@link
 * EventRows#checkColumns} says. Fields that are missing are filled with their defaults, ints become
 * longs.
 */
public final class EventKeyReader implements Closeable {
  private final InputFile file;
  private final FileBytes bytes;
  private final AvroBlocks blocks;
  private final AvroDecoder input;
  private final EventValues values;
  private final AvroField[] fields;
  private long blockRows;
  private boolean isFirstOfBlock;

  private EventKeyReader(InputFile file, FileBytes bytes, AvroBlocks blocks) {
    this.file = file;
    this.bytes = bytes;
    this.blocks = blocks;
    input = blocks.decoder();
    var schema = blocks.schema();
    if (schema.getType() != Schema.Type.RECORD) {
      throw new DamagedFileException("it holds no records but %s", schema.getType());
    }
    var names = schema.getFields().stream().map(Schema.Field::name).toList();
    EventRows.checkColumns(file.path(), names);
    values = new EventValues(names);
    fields = schema.getFields().stream().map(this::field).toArray(AvroField[]::new);
  }

  private AvroField field(Schema.Field field) {
    var value = values.of(field.name());
    var bound = new AvroField(field.schema(), value.wanted());
    bound.bind(value);
    return bound;
  }

  /**
   * Opens a file of events.
   *
   * @throws ClickmillException if it cannot be read, or has a field that is not known here
   */
  public static EventKeyReader open(FileSystem fileSystem, InputFile file) throws IOException {
    var bytes = FileBytes.open(fileSystem, new Path(file.path()), file.bytes());
    try {
      var blocks = AvroBlocks.open(bytes, 0, Long.MAX_VALUE, SizeLimit.ofMemory());
      return new EventKeyReader(file, bytes, blocks);
    } catch (IOException | RuntimeException e) {
      bytes.close();
      throw AvroBatchReader.failure(file, "", e);
    }
  }

  /** Moves to the next event; false at the end. */
  public boolean next() throws IOException {
    try {
      isFirstOfBlock = blockRows == 0;
      while (blockRows == 0) {
        if (!blocks.next()) {
          return false;
        }
        blockRows = blocks.rows();
      }
      blockRows--;
      for (var field : fields) {
        field.read(input, 0);
      }
      return true;
    } catch (IOException | RuntimeException e) {
      throw AvroBatchReader.failure(file, "near byte " + blocks.position() + ": ", e);
    }
  }

  /**
   * If the event is the first of a block that has only visitors of one of a number of ranges of
   * hashes, that number, a power of two; else 1.
   */
  public int blockRanges() {
    return isFirstOfBlock ? blocks.ranges() : 1;
  }

  /** Passes over the rest of the block that the event is in. */
  public void skipBlock() {
    blocks.skipRest();
    blockRows = 0;
  }

  /** The event's event_time, in milliseconds since the epoch. */
  public long eventTime() {
    return values.eventTime();
  }

  /** Encodes the content of the event, all but where it comes from, as a key. */
  public void encodeContent(EventKey key) {
    values.encodeContent(key);
  }

  /** Encodes the event and where it comes from as a key. */
  public void encode(EventKey key) {
    values.encode(key);
  }

  /**
   * Encodes the event as a key of its day.
   *
   * @param day since the epoch
   * @param event is used on the way
   */
  public void encode(int day, EventKey event, ClusterKey key) {
    values.encode(day, event, key);
  }

  /**
   * The {@link org.clickmill.formats.event.VisitorHash} of the event.
   *
   * @param event is used on the way
   */
  public long visitorHash(EventKey event) {
    return values.visitorHash(event);
  }

  /** Whether the event has an event_id. */
  public boolean hasEventId() {
    return values.hasEventId();
  }

  /** The 128-bit hash of the event_id, which the event has. */
  public HashValue128 eventIdHash() {
    return values.eventIdHash();
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
