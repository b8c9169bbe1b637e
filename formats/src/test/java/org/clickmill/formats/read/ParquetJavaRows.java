package org.clickmill.formats.read;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;

/** Reads files as parquet-java does, which is what our reader is measured against. */
public final class ParquetJavaRows {
  private ParquetJavaRows() {}

  /**
   * Fails unless our reader finds in a file, or in all files of a folder, what parquet-java does.
   */
  public static void assertReadAlike(
      FileSystem fileSystem, Path path, Configuration configuration, String what)
      throws IOException {
    var expected = new ArrayList<List<Object>>();
    try (var reader = ParquetReader.builder(new GroupReadSupport(), path).build()) {
      for (var group = reader.read(); group != null; group = reader.read()) {
        expected.add(values(group, (MessageType) group.getType()));
      }
    }
    var found = new ArrayList<List<Object>>();
    try (var reader = TableReader.open(fileSystem, path, configuration)) {
      while (reader.next()) {
        var row = new ArrayList<>();
        for (var column : reader.columns()) {
          var value = reader.value(column.name());
          row.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
        }
        found.add(row);
      }
    }
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).as("%s, row %d", what, i).isEqualTo(expected.get(i));
    }
  }

  private static List<Object> values(Group group, MessageType schema) {
    var values = new ArrayList<>();
    for (int i = 0; i < schema.getFieldCount(); i++) {
      values.add(
          group.getFieldRepetitionCount(i) == 0
              ? null
              : value(group, i, schema.getType(i).asPrimitiveType()));
    }
    return values;
  }

  private static Object value(Group group, int index, PrimitiveType column) {
    var annotation = column.getLogicalTypeAnnotation();
    if (annotation instanceof DecimalLogicalTypeAnnotation decimal) {
      return money(group, index, column, decimal.getScale());
    }
    if (annotation instanceof TimestampLogicalTypeAnnotation timestamp) {
      long divide =
          switch (timestamp.getUnit()) {
            case MILLIS -> 1;
            case MICROS -> 1_000;
            case NANOS -> 1_000_000;
          };
      return Instant.ofEpochMilli(Math.floorDiv(group.getLong(index, 0), divide));
    }
    return switch (column.getPrimitiveTypeName()) {
      case INT32 -> {
        int value = group.getInteger(index, 0);
        if (annotation instanceof IntLogicalTypeAnnotation whole && !whole.isSigned()) {
          yield Integer.toUnsignedLong(value);
        }
        yield annotation == null || annotation instanceof IntLogicalTypeAnnotation
            ? (Object) (long) value
            : LocalDate.ofEpochDay(value);
      }
      case INT64 -> group.getLong(index, 0);
      case BOOLEAN -> group.getBoolean(index, 0);
      case FLOAT -> (double) group.getFloat(index, 0);
      case DOUBLE -> group.getDouble(index, 0);
      case INT96 -> {
        var buffer =
            ByteBuffer.wrap(group.getInt96(index, 0).getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = buffer.getLong();
        yield Instant.ofEpochSecond((buffer.getInt() - 2_440_588L) * 86_400)
            .plusMillis(nanos / 1_000_000);
      }
      default -> {
        var bytes = group.getBinary(index, 0);
        yield annotation == null ? ByteBuffer.wrap(bytes.getBytes()) : bytes.toStringUsingUTF8();
      }
    };
  }

  private static BigDecimal money(Group group, int index, PrimitiveType column, int scale) {
    var unscaled =
        switch (column.getPrimitiveTypeName()) {
          case INT32 -> BigInteger.valueOf(group.getInteger(index, 0));
          case INT64 -> BigInteger.valueOf(group.getLong(index, 0));
          default -> new BigInteger(group.getBinary(index, 0).getBytes());
        };
    return new BigDecimal(unscaled, scale).setScale(4);
  }
}
