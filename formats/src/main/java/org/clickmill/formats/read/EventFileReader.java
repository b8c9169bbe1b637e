package org.clickmill.formats.read;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;

/**
 * Reads the events of an Avro hour or a Parquet day one by one. Strict about what it does not know:
 * a field that this version has no place for is an error rather than lost. Fields that are missing
 * are filled with their defaults, ints become longs.
 */
public final class EventFileReader implements Closeable {
  private final BatchReader reader;
  private int rows;
  private int row;

  private LongColumn eventTime;
  private TextCursor eventType;
  private TextCursor productId;
  private TextCursor categoryId;
  private TextCursor categoryCode;
  private TextCursor brand;
  private LongColumn price;
  private LongColumn quantity;
  private TextCursor visitorId;
  private TextCursor userId;
  private TextCursor userSession;
  private TextCursor orderId;
  private TextCursor eventId;
  private TextCursor sourceName;
  private LongColumn sourcePartition;
  private LongColumn sourceOffset;

  private EventFileReader(BatchReader reader) {
    this.reader = reader;
  }

  /**
   * Opens a file of events.
   *
   * @throws ClickmillException if it cannot be read, or has a field that is not known here
   */
  public static EventFileReader open(
      FileSystem fileSystem, InputFile file, Configuration configuration) throws IOException {
    return open(fileSystem, file, 0, file.bytes(), configuration);
  }

  /** Opens the part of a file that belongs to a range of its bytes. */
  public static EventFileReader open(
      FileSystem fileSystem, InputFile file, long start, long end, Configuration configuration)
      throws IOException {
    return new EventFileReader(
        EventBatchReader.openStrictly(fileSystem, file, start, end, configuration));
  }

  /**
   * The next event, or null at the end.
   *
   * @param reuse an event to fill and return, or null for a new one. Its texts are shared between
   *     events and must not be changed.
   */
  public Event next(Event reuse) throws IOException {
    if (row == rows && !nextBatch()) {
      return null;
    }
    var event = reuse == null ? new Event() : reuse;
    event.setEventTime(Instant.ofEpochMilli(eventTime.values()[row]));
    event.setEventType(eventType.at(row));
    event.setProductId(productId.at(row));
    event.setCategoryId(categoryId.at(row));
    event.setCategoryCode(categoryCode.at(row));
    event.setBrand(brand.at(row));
    event.setPrice(price.isNull(row) ? null : Money.toAvro(price.values()[row]));
    event.setQuantity((int) quantity.values()[row]);
    event.setVisitorId(visitorId.at(row));
    event.setUserId(userId.at(row));
    event.setUserSession(userSession.at(row));
    event.setOrderId(orderId.at(row));
    event.setEventId(eventId.at(row));
    event.setSourceName(sourceName.at(row));
    event.setSourcePartition(
        sourcePartition.isNull(row) ? null : (Integer) (int) sourcePartition.values()[row]);
    event.setSourceOffset(sourceOffset.isNull(row) ? null : (Long) sourceOffset.values()[row]);
    row++;
    return event;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private boolean nextBatch() throws IOException {
    row = 0;
    rows = 0;
    if (!reader.next()) {
      return false;
    }
    var batch = reader.batch();
    rows = batch.size();
    eventTime = batch.longs("event_time");
    eventType = new TextCursor(batch.strings("event_type"));
    productId = new TextCursor(batch.strings("product_id"));
    categoryId = new TextCursor(batch.strings("category_id"));
    categoryCode = new TextCursor(batch.strings("category_code"));
    brand = new TextCursor(batch.strings("brand"));
    price = batch.longs("price");
    quantity = batch.longs("quantity");
    visitorId = new TextCursor(batch.strings("visitor_id"));
    userId = new TextCursor(batch.strings("user_id"));
    userSession = new TextCursor(batch.strings("user_session"));
    orderId = new TextCursor(batch.strings("order_id"));
    eventId = new TextCursor(batch.strings("event_id"));
    sourceName = new TextCursor(batch.strings("source_name"));
    sourcePartition = batch.longs("source_partition");
    sourceOffset = batch.longs("source_offset");
    return true;
  }

  /** The texts of a column, each made once. */
  private static final class TextCursor {
    private final StringColumn column;
    private final Utf8[] texts;

    TextCursor(StringColumn column) {
      this.column = column;
      this.texts = new Utf8[column.dictionarySize()];
    }

    Utf8 at(int row) {
      int id = column.ids()[row];
      if (id == StringColumn.NULL) {
        return null;
      }
      if (texts[id] == null) {
        int start = column.offset(id);
        texts[id] = new Utf8(Arrays.copyOfRange(column.bytes(), start, start + column.length(id)));
      }
      return texts[id];
    }
  }
}
