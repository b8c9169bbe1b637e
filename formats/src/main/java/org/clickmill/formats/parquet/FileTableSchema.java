package org.clickmill.formats.parquet;

import java.io.IOException;
import java.util.ArrayList;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Damage;
import org.clickmill.formats.failure.DamagedFileException;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.table.InputFile;
import org.clickmill.formats.table.TableSchema;

/** The columns of a Parquet file as a table's, for readers that want whatever is there. */
public final class FileTableSchema {
  private FileTableSchema() {}

  public static TableSchema read(FileSystem fileSystem, InputFile file) throws IOException {
    try (var bytes = FileBytes.open(fileSystem, new Path(file.path()), file.bytes())) {
      return of(ParquetFooter.read(bytes).schema());
    } catch (ClickmillException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw ClickmillException.failed("Cannot read %s: %s", file.path(), Damage.describe(e), e);
    }
  }

  /** The columns of a file's schema, none of which may be nested. */
  public static TableSchema of(MessageType schema) {
    var fields = new ArrayList<Schema.Field>();
    for (var column : schema.getFields()) {
      boolean isFlat = column.isPrimitive() && !column.isRepetition(Repetition.REPEATED);
      var avro = isFlat ? avro(column.asPrimitiveType()) : null;
      if (avro == null) {
        throw new DamagedFileException(
            "column %s is %s, not one of a table", column.getName(), isFlat ? column : "nested");
      }
      boolean isOptional = column.isRepetition(Repetition.OPTIONAL);
      fields.add(
          new Schema.Field(
              column.getName(),
              isOptional ? Schema.createUnion(Schema.create(Schema.Type.NULL), avro) : avro));
    }
    return TableSchema.of(Schema.createRecord("Table", null, null, false, fields));
  }

  private static Schema avro(PrimitiveType column) {
    var annotation = column.getLogicalTypeAnnotation();
    if (annotation instanceof DecimalLogicalTypeAnnotation) {
      return LogicalTypes.decimal(Money.PRECISION, Money.SCALE)
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    if (annotation instanceof TimestampLogicalTypeAnnotation) {
      return time();
    }
    if (annotation instanceof DateLogicalTypeAnnotation) {
      return LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    }
    return switch (column.getPrimitiveTypeName()) {
      case INT32 -> Schema.create(isUnsigned(annotation) ? Schema.Type.LONG : Schema.Type.INT);
      case INT64 -> Schema.create(Schema.Type.LONG);
      case INT96 -> time();
      case FLOAT -> Schema.create(Schema.Type.FLOAT);
      case DOUBLE -> Schema.create(Schema.Type.DOUBLE);
      case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
      case BINARY -> Schema.create(annotation == null ? Schema.Type.BYTES : Schema.Type.STRING);
      case FIXED_LEN_BYTE_ARRAY -> annotation == null ? Schema.create(Schema.Type.BYTES) : null;
    };
  }

  private static Schema time() {
    return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
  }

  private static boolean isUnsigned(LogicalTypeAnnotation annotation) {
    return annotation instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation whole
        && !whole.isSigned();
  }
}
