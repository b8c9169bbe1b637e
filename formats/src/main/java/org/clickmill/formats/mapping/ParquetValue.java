package org.clickmill.formats.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Hands a value of a Parquet column to a field, as the column's type says what it means. */
final class ParquetValue {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  private final ColumnDescriptor column;
  private final int parentLevel;
  private final PrimitiveTypeName type;
  private final LogicalTypeAnnotation meaning;

  /**
   * @param parentLevel the definition level of a row whose column is there, null or not
   */
  ParquetValue(ColumnDescriptor column, int parentLevel) {
    this.column = column;
    this.parentLevel = parentLevel;
    this.type = column.getPrimitiveType().getPrimitiveTypeName();
    this.meaning = column.getPrimitiveType().getLogicalTypeAnnotation();
  }

  ColumnDescriptor column() {
    return column;
  }

  /** Whether the record that the column lies in is there; always, but for nested ones. */
  boolean isPresent(ColumnReader reader) {
    return reader.getCurrentDefinitionLevel() >= parentLevel;
  }

  /** Puts the reader's current value into the field. */
  void put(FieldSetter setter, ColumnReader reader) throws BadValueException {
    if (isNull(reader)) {
      setter.nothing();
      return;
    }
    switch (type) {
      case BOOLEAN -> setter.truth(reader.getBoolean());
      case INT32 -> number(setter, reader.getInteger());
      case INT64 -> number(setter, reader.getLong());
      case INT96 -> int96(setter, reader.getBinary());
      case FLOAT -> setter.floatingPoint(reader.getFloat());
      case DOUBLE -> setter.floatingPoint(reader.getDouble());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(setter, reader.getBinary().getBytesUnsafe());
    }
  }

  /** Puts a value of an assembled row into the field. */
  void put(FieldSetter setter, Group group, int field, int index) throws BadValueException {
    switch (type) {
      case BOOLEAN -> setter.truth(group.getBoolean(field, index));
      case INT32 -> number(setter, group.getInteger(field, index));
      case INT64 -> number(setter, group.getLong(field, index));
      case INT96 -> int96(setter, group.getInt96(field, index));
      case FLOAT -> setter.floatingPoint(group.getFloat(field, index));
      case DOUBLE -> setter.floatingPoint(group.getDouble(field, index));
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          bytes(setter, group.getBinary(field, index).getBytesUnsafe());
    }
  }

  /** The reader's current value for a person to see. */
  String shown(ColumnReader reader) {
    if (isNull(reader)) {
      return "null";
    }
    return switch (type) {
      case BOOLEAN -> Boolean.toString(reader.getBoolean());
      case INT32 -> Integer.toString(reader.getInteger());
      case INT64 -> Long.toString(reader.getLong());
      case FLOAT -> Float.toString(reader.getFloat());
      case DOUBLE -> Double.toString(reader.getDouble());
      case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> {
        byte[] bytes = reader.getBinary().getBytesUnsafe();
        yield '"' + BadValueException.shown(bytes, 0, bytes.length) + '"';
      }
    };
  }

  private boolean isNull(ColumnReader reader) {
    return reader.getCurrentDefinitionLevel() < column.getMaxDefinitionLevel();
  }

  private void number(FieldSetter setter, long value) throws BadValueException {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      setter.decimal(value, decimal.getScale());
    } else if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      long millis =
          switch (timestamp.getUnit()) {
            case MILLIS -> value;
            case MICROS -> Math.floorDiv(value, 1000L);
            case NANOS -> Math.floorDiv(value, 1_000_000L);
          };
      if (timestamp.isAdjustedToUTC()) {
        setter.moment(millis);
      } else {
        setter.localTime(millis);
      }
    } else if (meaning instanceof DateLogicalTypeAnnotation) {
      setter.localTime(value * DAY_MILLIS);
    } else if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      unsigned(setter, value);
    } else {
      setter.wholeNumber(value);
    }
  }

  private void unsigned(FieldSetter setter, long value) throws BadValueException {
    if (type == PrimitiveTypeName.INT32) {
      setter.wholeNumber(Integer.toUnsignedLong((int) value));
    } else if (value >= 0) {
      setter.wholeNumber(value);
    } else {
      setter.decimal(new BigDecimal(Long.toUnsignedString(value)));
    }
  }

  private void int96(FieldSetter setter, Binary value) throws BadValueException {
    var buffer = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    long nanosOfDay = buffer.getLong();
    long day = buffer.getInt() - JULIAN_DAY_OF_EPOCH;
    setter.moment(day * DAY_MILLIS + Math.floorDiv(nanosOfDay, 1_000_000L));
  }

  private void bytes(FieldSetter setter, byte[] bytes) throws BadValueException {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      setter.decimal(bytes, decimal.getScale());
    } else if (meaning instanceof UUIDLogicalTypeAnnotation) {
      var buffer = ByteBuffer.wrap(bytes);
      setter.text(new UUID(buffer.getLong(), buffer.getLong()).toString());
    } else if (meaning instanceof Float16LogicalTypeAnnotation) {
      throw setter.bad("a half-precision number is not supported");
    } else {
      setter.uncheckedText(bytes, 0, bytes.length);
    }
  }
}
