package org.clickmill.formats.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.JsonProperties;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * A column as its reader wants it, whatever the file has.
 *
 * @param mayBeAbsent whether a file without the column can be read
 * @param absent the value of all rows of such a file: a Long, a Double, a byte[], or null for NULL
 */
public record ProjectedColumn(
    String name, Type type, boolean nullable, boolean mayBeAbsent, Object absent) {

  /**
   * Fails if a file must have the column.
   *
   * @param present the columns that the file has
   */
  public void checkMayBeAbsent(List<String> present) {
    if (!mayBeAbsent) {
      throw new DamagedFileException(
          "column %s is missing (there are %s)", name, String.join(", ", present));
    }
  }

  static ProjectedColumn of(TableSchema schema, String name) {
    var column = schema.columns().get(schema.ordinal(name));
    var value = schema.avro().getField(name).defaultVal();
    return new ProjectedColumn(
        name, column.type(), column.nullable(), value != null, absent(column.type(), value));
  }

  private static Object absent(Type type, Object value) {
    if (value == null || value == JsonProperties.NULL_VALUE) {
      return null;
    }
    return switch (type) {
      case INT, LONG, TIME, DATE -> ((Number) value).longValue();
      case MONEY -> Money.fromAvro(ByteBuffer.wrap((byte[]) value));
      case BOOLEAN -> (Boolean) value ? 1L : 0L;
      case FLOAT, DOUBLE -> ((Number) value).doubleValue();
      case STRING -> value.toString().getBytes(StandardCharsets.UTF_8);
      case BINARY -> value;
    };
  }
}
