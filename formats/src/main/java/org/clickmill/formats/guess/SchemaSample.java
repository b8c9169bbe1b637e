package org.clickmill.formats.guess;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type.Repetition;
import org.clickmill.formats.avro.AvroBlocks;
import org.clickmill.formats.fs.FileBytes;
import org.clickmill.formats.guess.Sample.Column;
import org.clickmill.formats.guess.Sample.Type;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.clickmill.formats.parquet.ParquetFooter;

/** The fields of an Avro or Parquet file, with the values that import would read as texts. */
final class SchemaSample {
  private static final String NOTHING =
      "format: %s%nfields:%n  event_time: {constant: 2000-01-01}%n  event_type: {constant: any}%n";

  private final FileSystem fileSystem;
  private final Path path;
  private final Configuration configuration;
  private final String format;
  private final List<Column> columns = new ArrayList<>();
  private int records;

  private SchemaSample(
      FileSystem fileSystem, Path path, Configuration configuration, String format) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.configuration = configuration;
    this.format = format;
  }

  static Sample ofAvro(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    var sample = new SchemaSample(fileSystem, path, configuration, "avro");
    sample.check();
    try (var file = FileBytes.open(fileSystem, path, -1)) {
      sample.addAvro("", AvroBlocks.schema(file));
    }
    return sample.finish();
  }

  static Sample ofParquet(FileSystem fileSystem, Path path, Configuration configuration)
      throws IOException {
    var sample = new SchemaSample(fileSystem, path, configuration, "parquet");
    sample.check();
    try (var file = FileBytes.open(fileSystem, path, -1)) {
      sample.addParquet("", ParquetFooter.read(file).schema());
    }
    return sample.finish();
  }

  /** Opens the file as import does, so that a damaged one is refused in the same words. */
  private void check() throws IOException {
    open(NOTHING.formatted(format)).close();
  }

  private SourceReader open(String mapping) {
    return SourceReader.open(
        SourcePart.whole(fileSystem, path, "probe"),
        Mapping.parse(mapping, "probe"),
        configuration);
  }

  private void addAvro(String prefix, Schema schema) {
    for (var field : schema.getFields()) {
      var source = prefix + field.name();
      var type = single(field.schema());
      if (type.getType() == Schema.Type.RECORD
          && prefix.chars().filter(c -> c == '.').count() < 9) {
        addAvro(source + ".", type);
      } else {
        columns.add(new Column(source, avroType(type), List.of()));
      }
    }
  }

  /** The one type of a union with null. */
  private static Schema single(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    var types =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 ? types.get(0) : schema;
  }

  private static Type avroType(Schema schema) {
    var logical = schema.getLogicalType() == null ? "" : schema.getLogicalType().getName();
    if (logical.contains("timestamp") || logical.equals("date")) {
      return Type.TIME;
    }
    return switch (schema.getType()) {
      case STRING, ENUM, BOOLEAN -> Type.ANY;
      case INT, LONG -> logical.startsWith("time-") ? Type.OTHER : Type.ANY;
      case FLOAT, DOUBLE -> Type.NUMBER;
      case BYTES, FIXED -> logical.equals("decimal") ? Type.NUMBER : Type.OTHER;
      default -> Type.OTHER;
    };
  }

  private void addParquet(String prefix, GroupType group) {
    for (var field : group.getFields()) {
      var source = prefix + Mapping.pathStep(field.getName());
      if (field.isRepetition(Repetition.REPEATED)) {
        columns.add(new Column(source, Type.OTHER, List.of()));
      } else if (field.isPrimitive()) {
        columns.add(new Column(source, parquetType(field.asPrimitiveType()), List.of()));
      } else {
        addParquet(source + ".", field.asGroupType());
      }
    }
  }

  private static Type parquetType(PrimitiveType type) {
    var logical = type.getLogicalTypeAnnotation();
    if (logical instanceof TimestampLogicalTypeAnnotation
        || logical instanceof DateLogicalTypeAnnotation) {
      return Type.TIME;
    }
    if (logical instanceof DecimalLogicalTypeAnnotation) {
      return Type.NUMBER;
    }
    return switch (type.getPrimitiveTypeName()) {
      case INT96 -> Type.TIME;
      case FLOAT, DOUBLE -> Type.NUMBER;
      case BINARY, INT32, INT64, BOOLEAN -> Type.ANY;
      case FIXED_LEN_BYTE_ARRAY -> Type.OTHER;
    };
  }

  /** Reads the values of columns of which the schema does not say what they are. */
  private Sample finish() throws IOException {
    records = count();
    var sampled = new ArrayList<Column>();
    for (var column : columns) {
      sampled.add(
          column.type() == Type.ANY && FieldNames.isKnown(column.source())
              ? new Column(column.source(), Type.ANY, values(column))
              : column);
    }
    return new Sample(format, null, true, records, List.copyOf(sampled));
  }

  private int count() throws IOException {
    int count = 0;
    try (var reader = open(NOTHING.formatted(format))) {
      while (count < Sample.MOST_RECORDS && reader.next()) {
        count++;
      }
    }
    return count;
  }

  private List<String> values(Column column) throws IOException {
    var values = new ArrayList<String>();
    var mapping =
        NOTHING.formatted(format)
            + "  brand: {from: "
            + GuessedYaml.quoted(column.source())
            + "}\n";
    try (var reader = open(mapping)) {
      for (int i = 0; i < records && reader.next(); i++) {
        if (reader.event() != null && reader.event().getBrand() != null) {
          values.add(reader.event().getBrand().toString());
        }
      }
    }
    return List.copyOf(values);
  }
}
