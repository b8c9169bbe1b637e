package org.clickmill.formats.table;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.warehouse.Sensitivity;

/** The columns of a table, in their order on disk. */
public final class TableSchema {
  /**
   * What a column holds and how it stands in Parquet. All but FLOAT, DOUBLE, BOOLEAN and the two
   * kinds of bytes are whole numbers to the code: {@link Row#setLong}.
   */
  public enum Type {
    INT,
    LONG,
    DOUBLE,
    FLOAT,
    BOOLEAN,
    /** UTF-8. */
    STRING,
    BINARY,
    /** An amount scaled by 10^4, DECIMAL(18,4) on disk. */
    MONEY,
    /** Milliseconds since the epoch, UTC; microseconds in files. */
    TIME,
    /** Days since the epoch. */
    DATE;

    /** Whether values are whole numbers: counts, times, days and money. */
    public boolean isLong() {
      return this == INT || this == LONG || this == MONEY || this == TIME || this == DATE;
    }

    /** Whether values are floating-point numbers. */
    public boolean isDouble() {
      return this == DOUBLE || this == FLOAT;
    }

    /** Whether values are bytes: texts in UTF-8, or anything. */
    public boolean isBytes() {
      return this == STRING || this == BINARY;
    }

    private PrimitiveTypeName primitive() {
      return switch (this) {
        case INT, DATE -> PrimitiveTypeName.INT32;
        case LONG, MONEY, TIME -> PrimitiveTypeName.INT64;
        case DOUBLE -> PrimitiveTypeName.DOUBLE;
        case FLOAT -> PrimitiveTypeName.FLOAT;
        case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
        case STRING, BINARY -> PrimitiveTypeName.BINARY;
      };
    }

    private LogicalTypeAnnotation annotation() {
      return switch (this) {
        case STRING -> stringType();
        case MONEY -> decimalType(Money.SCALE, Money.PRECISION);
        case TIME -> timestampType(true, TimeUnit.MICROS);
        case DATE -> dateType();
        case INT, LONG, DOUBLE, FLOAT, BOOLEAN, BINARY -> null;
      };
    }
  }

  /**
   * A column.
   *
   * @param nullable whether a row may have no value
   */
  public record Column(String name, Type type, boolean nullable) {
    private PrimitiveType toParquet() {
      var primitive = type.primitive();
      var builder = nullable ? Types.optional(primitive) : Types.required(primitive);
      // Hive reads no column of floating-point numbers in the order that is the default of newer
      // Parquet (IEEE 754), since its own does not know it.
      return builder.as(type.annotation()).columnOrder(ColumnOrder.typeDefined()).named(name);
    }
  }

  private static final String MEASURES = "measures";
  private static final String COUNTED = "counted";

  private final Schema avro;
  private final List<Column> columns;
  private final Map<String, Integer> ordinals;
  private final int[] measures;
  private final int[] counted;

  /** Made when it is first asked for. */
  private volatile MessageType parquet;

  private TableSchema(Schema avro, List<Column> columns) {
    this.avro = avro;
    this.columns = List.copyOf(columns);
    this.ordinals = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      ordinals.put(columns.get(i).name(), i);
    }
    this.measures = measures(avro);
    this.counted = counted(avro);
  }

  /**
   * The columns of an Avro record of plain fields, or unions of null and one.
   *
   * @throws IllegalArgumentException if a field has a type that a table cannot hold
   */
  public static TableSchema of(Schema schema) {
    var columns = new ArrayList<Column>();
    for (var field : schema.getFields()) {
      columns.add(column(schema, field));
    }
    return new TableSchema(schema, columns);
  }

  /**
   * Reads an Avro schema from a resource.
   *
   * @param base the class whose package and class loader the resource is looked up with
   * @param resource the resource's name, such as {@code sales.avsc}
   */
  public static TableSchema load(Class<?> base, String resource) {
    try (var stream = base.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "Missing schema: " + resource + " beside " + base.getName());
      }
      return of(new Schema.Parser().parse(stream));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read schema: " + resource, e);
    }
  }

  /** The table's name, which is the Avro record's. */
  public String name() {
    return avro.getName();
  }

  /** The Avro schema that this was made of, with documentation and defaults. */
  public Schema avro() {
    return avro;
  }

  public List<Column> columns() {
    return columns;
  }

  /** Personal, unless the schema says of every column that it is not. */
  public Sensitivity sensitivity() {
    boolean isOpen =
        avro.getFields().stream()
            .allMatch(
                field -> Boolean.FALSE.equals(field.getObjectProp(TableDescription.PERSONAL)));
    return isOpen ? Sensitivity.OPEN : Sensitivity.PERSONAL;
  }

  public boolean contains(String column) {
    return ordinals.containsKey(column);
  }

  /**
   * Where a column stands, from 0.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public int ordinal(String column) {
    Integer ordinal = ordinals.get(column);
    if (ordinal == null) {
      throw new IllegalArgumentException(
          "Missing column in table " + name() + ": " + column + " (there are " + names() + ")");
    }
    return ordinal;
  }

  /**
   * Where the measures stand: whole numbers in which alone rows may differ to be as good as one row
   * with their sums; the first says how many rows a row stands for. Most tables have none. The Avro
   * record names them in its property {@code measures}.
   */
  public int[] measures() {
    return measures.clone();
  }

  /**
   * Where the flags stand of which the manifest of a partition says how many rows have them. The
   * Avro record names them in its property {@code counted}.
   */
  public int[] counted() {
    return counted.clone();
  }

  /** The same columns as Parquet describes them. */
  public MessageType toParquet() {
    var made = parquet;
    if (made == null) {
      var builder = Types.buildMessage();
      for (var column : columns) {
        builder.addField(column.toParquet());
      }
      made = builder.named(name());
      parquet = made;
    }
    return made;
  }

  @Override
  public String toString() {
    return name() + columns;
  }

  private String names() {
    return String.join(", ", columns.stream().map(Column::name).toList());
  }

  private int[] measures(Schema schema) {
    if (!(schema.getObjectProp(MEASURES) instanceof List<?> names)) {
      return new int[0];
    }
    int[] found = names.stream().mapToInt(name -> ordinal(name.toString())).toArray();
    for (int measure : found) {
      if (!columns.get(measure).type().isLong()) {
        throw new IllegalArgumentException(
            "Invalid measure of table " + name() + ", not a whole number: " + columns.get(measure));
      }
    }
    return found;
  }

  private int[] counted(Schema schema) {
    if (!(schema.getObjectProp(COUNTED) instanceof List<?> names)) {
      return new int[0];
    }
    int[] found = names.stream().mapToInt(name -> ordinal(name.toString())).toArray();
    for (int flag : found) {
      if (columns.get(flag).type() != Type.BOOLEAN) {
        throw new IllegalArgumentException(
            "Invalid counted column of table " + name() + ", not a boolean: " + columns.get(flag));
      }
    }
    return found;
  }

  private static Column column(Schema schema, Schema.Field field) {
    var type = field.schema();
    boolean nullable = false;
    if (type.isUnion() && type.getTypes().size() == 2) {
      int other = type.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0;
      nullable = type.getTypes().get(1 - other).getType() == Schema.Type.NULL;
      type = nullable ? type.getTypes().get(other) : type;
    }
    var columnType = type(type);
    if (columnType == null) {
      throw new IllegalArgumentException(
          "Invalid column in table " + schema.getName() + ": " + field.name() + " of type " + type);
    }
    return new Column(field.name(), columnType, nullable);
  }

  private static Type type(Schema schema) {
    var logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case INT ->
          logical == null ? Type.INT : logical instanceof LogicalTypes.Date ? Type.DATE : null;
      case LONG ->
          logical == null
              ? Type.LONG
              : logical instanceof LogicalTypes.TimestampMillis ? Type.TIME : null;
      case BYTES -> logical == null ? Type.BINARY : isMoney(logical) ? Type.MONEY : null;
      case STRING -> logical == null ? Type.STRING : null;
      case DOUBLE -> Type.DOUBLE;
      case FLOAT -> Type.FLOAT;
      case BOOLEAN -> Type.BOOLEAN;
      default -> null;
    };
  }

  private static boolean isMoney(Object logical) {
    return logical instanceof LogicalTypes.Decimal decimal
        && decimal.getPrecision() == Money.PRECISION
        && decimal.getScale() == Money.SCALE;
  }
}
