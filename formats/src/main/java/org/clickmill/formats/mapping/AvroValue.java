package org.clickmill.formats.mapping;

import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;

/** Hands a value of generic Avro data to a field, as its schema says what it means. */
final class AvroValue {
  private static final long DAY_MILLIS = 86_400_000L;

  private AvroValue() {}

  static void put(FieldSetter setter, Object value, Schema schema) throws BadValueException {
    switch (schema.getType()) {
      case STRING, ENUM -> text(setter, value);
      case BYTES -> bytes(setter, array((ByteBuffer) value), schema);
      case FIXED -> bytes(setter, ((GenericFixed) value).bytes(), schema);
      case INT -> number(setter, (Integer) value, schema);
      case LONG -> number(setter, (Long) value, schema);
      case FLOAT -> setter.floatingPoint((Float) value);
      case DOUBLE -> setter.floatingPoint((Double) value);
      case BOOLEAN -> setter.truth((Boolean) value);
      default -> throw setter.bad("a " + schema.getType().getName() + ", not a single value");
    }
  }

  private static void text(FieldSetter setter, Object value) throws BadValueException {
    if (value instanceof Utf8 utf8) {
      setter.uncheckedText(utf8.getBytes(), 0, utf8.getByteLength());
    } else {
      setter.text(value.toString());
    }
  }

  private static void bytes(FieldSetter setter, byte[] bytes, Schema schema)
      throws BadValueException {
    if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
      setter.decimal(bytes, decimal.getScale());
    } else {
      setter.uncheckedText(bytes, 0, bytes.length);
    }
  }

  private static void number(FieldSetter setter, long value, Schema schema)
      throws BadValueException {
    var type = schema.getLogicalType();
    switch (type == null ? "" : type.getName()) {
      case "timestamp-millis" -> setter.moment(value);
      case "timestamp-micros" -> setter.moment(Math.floorDiv(value, 1000L));
      case "timestamp-nanos" -> setter.moment(Math.floorDiv(value, 1_000_000L));
      case "local-timestamp-millis" -> setter.localTime(value);
      case "local-timestamp-micros" -> setter.localTime(Math.floorDiv(value, 1000L));
      case "local-timestamp-nanos" -> setter.localTime(Math.floorDiv(value, 1_000_000L));
      case "date" -> setter.localTime(value * DAY_MILLIS);
      default -> setter.wholeNumber(value);
    }
  }

  private static byte[] array(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
