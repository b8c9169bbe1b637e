package org.clickmill.drivers.diff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.read.TableReader;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Column;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * Some columns of rows as bytes, which compare unsigned as the values do, the first column first:
 * NULL before all else, numbers and times by value, texts by their bytes.
 */
public final class RowBytes {
  private static final int ABSENT = 0;
  private static final int PRESENT = 1;
  private static final int ZERO = 0;

  /** Behind a zero byte of a text; behind its end is another zero. */
  private static final int ESCAPED = 0xff;

  private final List<Column> columns;

  public RowBytes(TableSchema schema, List<String> names) {
    columns = names.stream().map(name -> schema.columns().get(schema.ordinal(name))).toList();
  }

  public byte[] write(TableReader row) {
    var out = new ByteArrayOutputStream();
    for (var column : columns) {
      write(row, column, out);
    }
    return out.toByteArray();
  }

  private static void write(TableReader row, Column column, ByteArrayOutputStream out) {
    var name = column.name();
    if (row.isNull(name)) {
      out.write(ABSENT);
      return;
    }
    out.write(PRESENT);
    if (column.type().isLong()) {
      writeLong(row.longValue(name) ^ Long.MIN_VALUE, out);
    } else if (column.type().isDouble()) {
      long bits = Double.doubleToLongBits(row.doubleValue(name));
      writeLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, out);
    } else if (column.type() == Type.BOOLEAN) {
      out.write(row.booleanValue(name) ? 1 : 0);
    } else {
      for (byte b : row.bytes(name)) {
        out.write(b);
        if (b == ZERO) {
          out.write(ESCAPED);
        }
      }
      out.write(ZERO);
      out.write(ZERO);
    }
  }

  private static void writeLong(long value, ByteArrayOutputStream out) {
    out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** The values, as {@link TableReader#value} gives them, but a Float where a column has floats. */
  List<Object> read(byte[] bytes) {
    var in = ByteBuffer.wrap(bytes);
    var values = new ArrayList<Object>();
    for (var column : columns) {
      values.add(in.get() == ABSENT ? null : read(column.type(), in));
    }
    return values;
  }

  private static Object read(Type type, ByteBuffer in) {
    return switch (type) {
      case INT, LONG -> readLong(in);
      case MONEY -> Money.decimal(readLong(in));
      case TIME -> Instant.ofEpochMilli(readLong(in));
      case DATE -> LocalDate.ofEpochDay(readLong(in));
      case BOOLEAN -> in.get() != 0;
      case FLOAT -> (float) readDouble(in);
      case DOUBLE -> readDouble(in);
      case STRING -> new String(readBytes(in), StandardCharsets.UTF_8);
      case BINARY -> readBytes(in);
    };
  }

  private static long readLong(ByteBuffer in) {
    return in.getLong() ^ Long.MIN_VALUE;
  }

  private static double readDouble(ByteBuffer in) {
    long ordered = in.getLong();
    return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
  }

  private static byte[] readBytes(ByteBuffer in) {
    var out = new ByteArrayOutputStream();
    while (true) {
      byte b = in.get();
      if (b == ZERO && in.get() == ZERO) {
        return out.toByteArray();
      }
      out.write(b);
    }
  }
}
