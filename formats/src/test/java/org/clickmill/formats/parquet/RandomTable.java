package org.clickmill.formats.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.clickmill.formats.table.Row;
import org.clickmill.formats.table.TableSchema;
import org.clickmill.formats.table.TableSchema.Type;

/**
 * A table of random columns and rows: with runs and without, with few different values and many,
 * with NULLs here and there, everywhere or at the beginning, and with the values at the borders.
 *
 * @param rows values as {@link Row} takes them: Long, Double, Boolean, String or bytes, or null
 */
record RandomTable(TableSchema schema, List<Object[]> rows) {
  static RandomTable of(Random random, int rows) {
    var avro = SchemaBuilder.record("Random").fields();
    int columns = random.nextInt(1, 12);
    var values = new ArrayList<IntFunction<Object>>();
    for (int i = 0; i < columns; i++) {
      var type = Type.values()[random.nextInt(Type.values().length)];
      boolean nullable = random.nextInt(3) > 0;
      var schema = avro(type);
      avro.name("column_" + i).type(nullable ? nullable(schema) : schema).noDefault();
      values.add(column(random, type, nullable, rows));
    }
    var made = new ArrayList<Object[]>(rows);
    for (int row = 0; row < rows; row++) {
      var cells = new Object[columns];
      for (int i = 0; i < columns; i++) {
        cells[i] = values.get(i).apply(row);
      }
      made.add(cells);
    }
    return new RandomTable(TableSchema.of(avro.endRecord()), made);
  }

  /** Fills a row. */
  void fill(Row row, Object[] cells) {
    row.clear();
    for (int i = 0; i < cells.length; i++) {
      var cell = cells[i];
      if (cell instanceof Long number) {
        row.setLong(i, number);
      } else if (cell instanceof Double number) {
        row.setDouble(i, number);
      } else if (cell instanceof Boolean flag) {
        row.setBoolean(i, flag);
      } else if (cell instanceof String text) {
        row.setText(i, text);
      } else if (cell instanceof byte[] bytes) {
        row.setText(i, bytes, 0, bytes.length);
      }
    }
  }

  private static IntFunction<Object> column(Random random, Type type, boolean nullable, int rows) {
    double nulls = nullable ? List.of(0.0, 0.01, 0.5, 0.99, 1.0).get(random.nextInt(5)) : 0;
    int leading = nullable && random.nextInt(4) == 0 ? random.nextInt(rows + 1) : 0;
    double repeated = List.of(0.0, 0.5, 0.95, 0.999).get(random.nextInt(4));
    int different = List.of(1, 2, 100, 5000, Integer.MAX_VALUE).get(random.nextInt(5));
    long salt = random.nextLong();
    var last = new Object[1];
    return row -> {
      if (row < leading || random.nextDouble() < nulls) {
        return null;
      }
      if (last[0] == null || random.nextDouble() >= repeated) {
        long seed = (salt + random.nextInt(different)) * 0x9e3779b97f4a7c15L;
        last[0] = value(new Random(seed), type);
      }
      return last[0];
    };
  }

  private static Object value(Random random, Type type) {
    return switch (type) {
      case INT ->
          List.of(0L, (long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, (long) random.nextInt())
              .get(mostly(random, 3));
      case DATE -> random.nextLong(-1_000_000, 1_000_000);
      case LONG ->
          List.of(0L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()).get(mostly(random, 3));
      case TIME -> random.nextLong(-1L << 46, 1L << 46);
      case MONEY -> random.nextLong(-999_999_999_999_999_999L, 1_000_000_000_000_000_000L);
      case DOUBLE ->
          List.of(
                  0.0,
                  -0.0,
                  Double.NaN,
                  Double.MIN_VALUE,
                  Double.NEGATIVE_INFINITY,
                  Double.POSITIVE_INFINITY,
                  random.nextGaussian())
              .get(mostly(random, 6));
      case FLOAT ->
          (double)
              List.of(0f, -0f, Float.NaN, Float.MAX_VALUE, (float) random.nextGaussian())
                  .get(mostly(random, 4));
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(random);
      case BINARY -> {
        byte[] bytes = new byte[length(random)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  /** The last of some, and now and then any. */
  private static int mostly(Random random, int last) {
    return random.nextInt(200) == 0 ? random.nextInt(last + 1) : last;
  }

  private static String text(Random random) {
    int length = length(random);
    var text = new StringBuilder(random.nextBoolean() ? "a common beginning " : "");
    while (text.length() < length) {
      text.appendCodePoint(
          random.nextInt(10) > 0 ? random.nextInt('0', 'z') : anyCharacter(random));
    }
    return text.toString();
  }

  private static int anyCharacter(Random random) {
    return random.nextBoolean() ? random.nextInt(0x80, 0xd800) : random.nextInt(0x10000, 0x1fa00);
  }

  private static int length(Random random) {
    return switch (random.nextInt(2000)) {
      case 0 -> random.nextInt(100_000);
      case 1, 2, 3 -> random.nextInt(1000);
      default -> random.nextInt(40);
    };
  }

  private static Schema nullable(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  private static Schema avro(Type type) {
    return switch (type) {
      case INT -> Schema.create(Schema.Type.INT);
      case LONG -> Schema.create(Schema.Type.LONG);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case STRING -> Schema.create(Schema.Type.STRING);
      case BINARY -> Schema.create(Schema.Type.BYTES);
      case MONEY -> LogicalTypes.decimal(18, 4).addToSchema(Schema.create(Schema.Type.BYTES));
      case TIME -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
      case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    };
  }
}
