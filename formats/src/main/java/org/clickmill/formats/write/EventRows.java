package org.clickmill.formats.write;

import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;

/** Events as rows of a table. */
public final class EventRows {
  /** The columns of {@code events_daily}. */
  public static final TableSchema SCHEMA = TableSchema.of(Event.getClassSchema());

  public static final int EVENT_TIME = SCHEMA.ordinal("event_time");
  static final int EVENT_TYPE = SCHEMA.ordinal("event_type");
  static final int PRODUCT_ID = SCHEMA.ordinal("product_id");
  static final int CATEGORY_ID = SCHEMA.ordinal("category_id");
  static final int CATEGORY_CODE = SCHEMA.ordinal("category_code");
  static final int BRAND = SCHEMA.ordinal("brand");
  static final int PRICE = SCHEMA.ordinal("price");
  static final int QUANTITY = SCHEMA.ordinal("quantity");
  public static final int VISITOR_ID = SCHEMA.ordinal("visitor_id");
  public static final int USER_ID = SCHEMA.ordinal("user_id");
  static final int USER_SESSION = SCHEMA.ordinal("user_session");
  static final int ORDER_ID = SCHEMA.ordinal("order_id");
  public static final int EVENT_ID = SCHEMA.ordinal("event_id");
  static final int SOURCE_NAME = SCHEMA.ordinal("source_name");
  static final int SOURCE_PARTITION = SCHEMA.ordinal("source_partition");
  static final int SOURCE_OFFSET = SCHEMA.ordinal("source_offset");

  private EventRows() {}

  /** Fills a row of {@link #SCHEMA} from an event. */
  public static void fill(Row row, Event event) {
    row.setLong(EVENT_TIME, event.getEventTime().toEpochMilli());
    setText(row, EVENT_TYPE, event.getEventType());
    setText(row, PRODUCT_ID, event.getProductId());
    setText(row, CATEGORY_ID, event.getCategoryId());
    setText(row, CATEGORY_CODE, event.getCategoryCode());
    setText(row, BRAND, event.getBrand());
    var price = event.getPrice();
    setLong(row, PRICE, price == null ? null : Money.fromAvro(price));
    row.setLong(QUANTITY, event.getQuantity());
    setText(row, VISITOR_ID, event.getVisitorId());
    setText(row, USER_ID, event.getUserId());
    setText(row, USER_SESSION, event.getUserSession());
    setText(row, ORDER_ID, event.getOrderId());
    setText(row, EVENT_ID, event.getEventId());
    setText(row, SOURCE_NAME, event.getSourceName());
    var partition = event.getSourcePartition();
    setLong(row, SOURCE_PARTITION, partition == null ? null : (long) partition);
    setLong(row, SOURCE_OFFSET, event.getSourceOffset());
  }

  static void setText(Row row, int ordinal, Utf8 text) {
    if (text == null) {
      row.setNull(ordinal);
    } else {
      row.setText(ordinal, text.getBytes(), 0, text.getByteLength());
    }
  }

  static void setLong(Row row, int ordinal, Long value) {
    if (value == null) {
      row.setNull(ordinal);
    } else {
      row.setLong(ordinal, value);
    }
  }
}
