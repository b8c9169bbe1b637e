package org.clickmill.benchmarks.kernels;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.EventColumn;
import org.clickmill.formats.event.Money;

/** Hands events to parquet-java's writer, without objects in between. */
final class EventParquet extends WriteSupport<Event> {
  private final MessageType schema;
  private RecordConsumer consumer;

  private EventParquet(MessageType schema) {
    this.schema = schema;
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer target) {
    consumer = target;
  }

  @Override
  public void write(Event event) {
    consumer.startMessage();
    for (var column : EventColumn.values()) {
      var value = event.get(column.position());
      if (value != null) {
        consumer.startField(column.text(), column.position());
        write(column, value);
        consumer.endField(column.text(), column.position());
      }
    }
    consumer.endMessage();
  }

  private void write(EventColumn column, Object value) {
    switch (column.kind()) {
      case TIME -> consumer.addLong(((Instant) value).toEpochMilli() * 1_000);
      case STRING -> {
        var string = (Utf8) value;
        consumer.addBinary(
            Binary.fromConstantByteArray(string.getBytes(), 0, string.getByteLength()));
      }
      case MONEY -> consumer.addLong(Money.fromAvro((ByteBuffer) value));
      case INT -> consumer.addInteger((int) value);
      case LONG -> consumer.addLong((long) value);
    }
  }

  /** Makes a writer of events. */
  static final class Builder extends ParquetWriter.Builder<Event, Builder> {
    private final MessageType schema;

    Builder(Path path, MessageType schema) {
      super(path);
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Event> getWriteSupport(Configuration configuration) {
      return new EventParquet(schema);
    }
  }
}
