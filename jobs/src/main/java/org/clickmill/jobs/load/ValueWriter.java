package org.clickmill.jobs.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.streaming.JsonLine;

/** Writes events as the values of messages. */
abstract class ValueWriter {
  /** The event's value, whose source fields do not count: a message has its own source. */
  abstract byte[] write(Event event) throws IOException;

  static final class JsonWriter extends ValueWriter {
    private static final byte[][] LABELS =
        Arrays.stream(EventColumn.values())
            .map(column -> JsonLine.utf8('"' + column.text() + "\":"))
            .toArray(byte[][]::new);

    private final JsonLine line = new JsonLine();

    @Override
    byte[] write(Event event) {
      line.clear();
      char before = '{';
      for (var column : EventColumn.values()) {
        var value = column.isSource() ? null : event.get(column.position());
        if (value == null) {
          continue;
        }
        line.put(before);
        before = ',';
        line.put(LABELS[column.position()]);
        switch (column.kind()) {
          case TIME -> line.putTime(((Instant) value).toEpochMilli());
          case STRING -> text((Utf8) value);
          case MONEY -> line.putMoney(Money.fromAvro((ByteBuffer) value));
          case INT, LONG -> line.putNumber(((Number) value).longValue());
        }
      }
      line.put('}');
      return Arrays.copyOf(line.bytes(), line.length());
    }

    private void text(Utf8 text) {
      line.putText(text.getBytes(), 0, text.getByteLength());
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
      event.setSourceItem(0);
      bytes.reset();
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(event, encoder);
      encoder.flush();
      return bytes.toByteArray();
    }
  }
}
