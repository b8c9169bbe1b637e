package org.clickmill.formats.table;

import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.table.TableSchema.Type;

/** Chooses how a column of a file is decoded into the column that is wanted of it. */
public final class ColumnDecoders {
  private ColumnDecoders() {}

  /** The type of a file's column, which must be there. */
  public static PrimitiveType primitive(MessageType schema, ProjectedColumn wanted) {
    var file = schema.getType(wanted.name());
    if (!file.isPrimitive() || file.isRepetition(Repetition.REPEATED)) {
      throw new DamagedFileException(
          "column %s is nested in the file, but %s here", wanted.name(), wanted.type());
    }
    return file.asPrimitiveType();
  }

  /** The decoder of a file's column. */
  public static ColumnDecoder of(PrimitiveType primitive, ProjectedColumn wanted) {
    var decoder =
        switch (wanted.type()) {
          case STRING, BINARY -> text(primitive, wanted.type());
          case DOUBLE, FLOAT -> number(primitive, wanted.type());
          default ->
              LongConversion.of(primitive, wanted.type())
                  .<ColumnDecoder>map(LongDecoder::new)
                  .orElse(null);
        };
    if (decoder == null) {
      throw new DamagedFileException(
          "column %s is %s in the file, but %s here",
          wanted.name(), describe(primitive), wanted.type());
    }
    return decoder;
  }

  /** The decoder of a column that a file does not have. */
  public static ColumnDecoder absent(List<String> present, ProjectedColumn wanted) {
    wanted.checkMayBeAbsent(present);
    return ofType(wanted.type());
  }

  /** A decoder that is filled by the caller. */
  public static ColumnDecoder ofType(Type type) {
    return switch (type) {
      case STRING, BINARY -> new TextDecoder(0);
      case DOUBLE, FLOAT -> new DoubleDecoder(false);
      default ->
          new LongDecoder(new LongConversion(LongConversion.Kind.LONG, Long.BYTES, 0, 1, 1, false));
    };
  }

  private static ColumnDecoder text(PrimitiveType file, Type type) {
    var annotation = file.getLogicalTypeAnnotation();
    boolean isBinary = annotation == null;
    boolean isText =
        isBinary
            || annotation instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
            || annotation instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
            || annotation instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
    return switch (file.getPrimitiveTypeName()) {
      case BINARY -> isText ? new TextDecoder(0) : null;
      case FIXED_LEN_BYTE_ARRAY ->
          isBinary && type == Type.BINARY ? new TextDecoder(file.getTypeLength()) : null;
      default -> null;
    };
  }

  private static ColumnDecoder number(PrimitiveType file, Type type) {
    if (file.getLogicalTypeAnnotation() != null) {
      return null;
    }
    boolean isFloat = file.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    boolean isDouble = file.getPrimitiveTypeName() == PrimitiveTypeName.DOUBLE;
    return isFloat || isDouble && type == Type.DOUBLE ? new DoubleDecoder(isFloat) : null;
  }

  private static String describe(PrimitiveType file) {
    var annotation = file.getLogicalTypeAnnotation();
    return annotation == null
        ? file.getPrimitiveTypeName().toString()
        : file.getPrimitiveTypeName() + " " + annotation;
  }
}
