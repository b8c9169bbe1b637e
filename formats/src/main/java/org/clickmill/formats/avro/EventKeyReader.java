package org.clickmill.formats.avro;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.clickmill.formats.event.ClusterKey;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.EventKey;
import org.clickmill.formats.event.VisitorHash;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.fs.SizeLimit;
import org.clickmill.formats.table.BatchRequest;
import org.clickmill.formats.table.EventRows;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.WantedColumn;

/**
 * Reads the events of an Avro file one by one, and makes keys of the bytes of its blocks, without
 * an object or a copy of any value. Strict about what it does not know, as {@link
 * EventRows#checkColumns} says. Fields that are missing are filled with their defaults, ints become
 * longs.
 */
public final class EventKeyReader implements Closeable {
  private static final Hasher128 EVENT_ID_HASHER = Hashing.murmur3_128();

  /** The columns that say who the visitor is, in the order in which they are asked for. */
  private static final List<EventColumn> VISITORS =
      List.of(EventColumn.VISITOR_ID, EventColumn.USER_ID, EventColumn.USER_SESSION);

  /** The kinds of visitors of these columns. */
  private static final byte[] KINDS = {
    VisitorHash.VISITOR_ID, VisitorHash.USER_ID, VisitorHash.USER_SESSION
  };

  private final InputFile file;
  private final FileBytes bytes;
  private final AvroBlocks blocks;
  private final AvroDecoder input;
  private final AvroField[] fields;
  private long blockRows;

  private final EventValue eventTime;
  private final EventValue[] identity;
  private final EventValue price;
  private final EventValue quantity;
  private final EventValue[] details;
  private final EventValue eventId;
  private final EventValue sourceName;
  private final EventValue sourcePartition;
  private final EventValue sourceOffset;
  private final EventValue sourceItem;
  private final EventValue[] visitors;

  /** In the order of the key; empty if the file has none of them. */
  private final EventValue[] optional;

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
    var wanted = BatchRequest.all(EventRows.SCHEMA).wantedColumns();
    var values = new ArrayList<EventValue>();
    for (var column : wanted) {
      if (!names.contains(column.name())) {
        column.checkMayBeAbsent(names);
      }
      values.add(new EventValue(column));
    }
    fields =
        schema.getFields().stream()
            .map(field -> field(field, wanted, values))
            .toArray(AvroField[]::new);
    eventTime = values.get(EventColumn.EVENT_TIME.position());
    identity =
        of(
            values,
            List.of(
                EventColumn.EVENT_TYPE,
                EventColumn.PRODUCT_ID,
                EventColumn.VISITOR_ID,
                EventColumn.USER_ID,
                EventColumn.USER_SESSION,
                EventColumn.ORDER_ID));
    price = values.get(EventColumn.PRICE.position());
    quantity = values.get(EventColumn.QUANTITY.position());
    details =
        of(
            values,
            List.of(
                EventColumn.BRAND,
                EventColumn.CATEGORY_CODE,
                EventColumn.CATEGORY_ID,
                EventColumn.EVENT_ID));
    eventId = values.get(EventColumn.EVENT_ID.position());
    sourceName = values.get(EventColumn.SOURCE_NAME.position());
    sourcePartition = values.get(EventColumn.SOURCE_PARTITION.position());
    sourceOffset = values.get(EventColumn.SOURCE_OFFSET.position());
    sourceItem = values.get(EventColumn.SOURCE_ITEM.position());
    visitors = of(values, VISITORS);
    boolean hasOptional =
        EventColumn.OPTIONAL.stream().anyMatch(column -> names.contains(column.text()));
    optional = of(values, hasOptional ? EventColumn.OPTIONAL : List.of());
  }

  private static EventValue[] of(List<EventValue> values, List<EventColumn> columns) {
    return columns.stream().map(column -> values.get(column.position())).toArray(EventValue[]::new);
  }

  private static AvroField field(
      Schema.Field field, List<WantedColumn> wanted, List<EventValue> values) {
    int column = EventRows.SCHEMA.ordinal(field.name());
    var bound = new AvroField(field.schema(), wanted.get(column));
    bound.bind(values.get(column));
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

  /** The event's event_time, in milliseconds since the epoch. */
  public long eventTime() {
    return eventTime.number();
  }

  /** Encodes the content of the event, all but where it comes from, as a key. */
  public void encodeContent(EventKey key) {
    key.begin(eventTime.number());
    for (var text : identity) {
      text.addText(key);
    }
    price.addNumber(key, EventColumn.Kind.MONEY);
    key.addQuantity((int) quantity.number());
    for (var text : details) {
      text.addText(key);
    }
    if (hasOptional()) {
      encodeOptional(key);
    }
    key.endContent();
  }

  private boolean hasOptional() {
    for (var value : optional) {
      if (!value.isNull()) {
        return true;
      }
    }
    return false;
  }

  private void encodeOptional(EventKey key) {
    key.beginOptional();
    for (int i = 0; i < optional.length; i++) {
      var kind = EventColumn.OPTIONAL.get(i).kind();
      if (kind == EventColumn.Kind.STRING) {
        optional[i].addText(key);
      } else {
        optional[i].addNumber(key, kind);
      }
    }
  }

  /** Encodes the event and where it comes from as a key. */
  public void encode(EventKey key) {
    encodeContent(key);
    sourceName.addText(key);
    sourcePartition.addNumber(key, EventColumn.Kind.INT);
    sourceOffset.addNumber(key, EventColumn.Kind.LONG);
    key.addItem((int) sourceItem.number());
  }

  /**
   * Encodes the event as a key of its day.
   *
   * @param day since the epoch
   * @param event is used on the way
   */
  public void encode(int day, EventKey event, ClusterKey key) {
    encode(event);
    for (int i = 0; i < visitors.length; i++) {
      var visitor = visitors[i];
      if (!visitor.isNull()) {
        key.set(day, KINDS[i], visitor.bytes(), visitor.start(), visitor.length(), event);
        return;
      }
    }
    key.setWithoutVisitor(day, event);
  }

  /**
   * The {@link VisitorHash} of the event.
   *
   * @param event is used on the way
   */
  public long visitorHash(EventKey event) {
    for (int i = 0; i < visitors.length; i++) {
      var visitor = visitors[i];
      if (!visitor.isNull()) {
        return VisitorHash.of(KINDS[i], visitor.bytes(), visitor.start(), visitor.length());
      }
    }
    encodeContent(event);
    return VisitorHash.of(VisitorHash.NONE, event.bytes(), 0, event.contentLength());
  }

  /** Whether the event has an event_id. */
  public boolean hasEventId() {
    return !eventId.isNull();
  }

  /** The 128-bit hash of the event_id, which the event has. */
  public HashValue128 eventIdHash() {
    return EVENT_ID_HASHER.hashBytesTo128Bits(eventId.bytes(), eventId.start(), eventId.length());
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
