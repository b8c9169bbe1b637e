package org.clickmill.jobs.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.streaming.JsonLine;

/** Writes events as the values of messages. */
abstract class ValueWriter {
  /** The event's value, whose source fields do not count: a message has its own source. */
  abstract byte[] write(Event event) throws IOException;

  static final class JsonWriter extends ValueWriter {
    private final JsonLine line = new JsonLine();

    @Override
    byte[] write(Event event) {
      line.clear();
      line.put(JsonLine.utf8("{\"event_time\":"));
      line.putTime(event.getEventTime().toEpochMilli());
      text("event_type", event.getEventType());
      text("product_id", event.getProductId());
      text("category_id", event.getCategoryId());
      text("category_code", event.getCategoryCode());
      text("brand", event.getBrand());
      if (event.getPrice() != null) {
        name("price");
        line.putMoney(Money.fromAvro(event.getPrice()));
      }
      name("quantity");
      line.putNumber(event.getQuantity());
      text("visitor_id", event.getVisitorId());
      text("user_id", event.getUserId());
      text("user_session", event.getUserSession());
      text("order_id", event.getOrderId());
      text("event_id", event.getEventId());
      line.put('}');
      return Arrays.copyOf(line.bytes(), line.length());
    }

    private void text(String name, Utf8 text) {
      if (text != null) {
        name(name);
        line.putText(text.getBytes(), 0, text.getByteLength());
      }
    }

    private void name(String name) {
      line.put(JsonLine.utf8(",\"" + name + "\":"));
    }
  }

  static final class AvroWriter extends ValueWriter {
    private final SpecificDatumWriter<Event> writer = new SpecificDatumWriter<>(Event.class);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private BinaryEncoder encoder;

    @Override
    byte[] write(Event event) throws IOException {
      event.setSourceName(null);
      event.setSourcePartition(null);
      event.setSourceOffset(null);
      bytes.reset();
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(event, encoder);
      encoder.flush();
      return bytes.toByteArray();
    }
  }
}
