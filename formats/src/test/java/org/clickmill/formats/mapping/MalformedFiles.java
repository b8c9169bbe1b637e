package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.clickmill.formats.mapping.MalformedLines.NAMES;
import static org.clickmill.formats.mapping.MalformedLines.TEXTS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageTypeParser;

/** Avro and Parquet files in which one field at a time is of a type or value that it should not. */
final class MalformedFiles {
  /** Plain types of Avro. */
  static final List<String> AVRO =
      List.of("string", "bytes", "double", "float", "long", "int", "boolean", "null");

  /** Types of Avro that mean something, or are no single values; # is a column's number. */
  static final List<String> AVRO_LOGICAL =
      List.of(
          "{'type':'bytes','logicalType':'decimal','precision':20,'scale':2}",
          "{'type':'long','logicalType':'timestamp-micros'}",
          "{'type':'long','logicalType':'local-timestamp-millis'}",
          "{'type':'int','logicalType':'date'}",
          "{'type':'fixed','name':'f#','size':3}",
          "{'type':'array','items':'string'}",
          "{'type':'map','values':'long'}",
          "{'type':'record','name':'r#','fields':[{'name':'x','type':['null','long','string']}]}");

  /** Plain types of Parquet. */
  static final List<String> PARQUET =
      List.of("binary %s", "double %s", "float %s", "int64 %s", "int32 %s", "boolean %s");

  /** Types of Parquet that mean something. */
  static final List<String> PARQUET_LOGICAL =
      List.of(
          "binary %s (DECIMAL(20,2))",
          "fixed_len_byte_array(2) %s (FLOAT16)",
          "fixed_len_byte_array(16) %s (UUID)",
          "int96 %s",
          "int64 %s (TIMESTAMP(MICROS,true))",
          "int64 %s (TIMESTAMP(MILLIS,false))",
          "int64 %s (INTEGER(64,false))",
          "int32 %s (DATE)");

  private MalformedFiles() {}

  /** A record's schema of fields with single quotes. */
  static Schema record(String fields) {
    return new Schema.Parser()
        .parse(("{'type':'record','name':'r','fields':[" + fields + "]}").replace('\'', '"'));
  }

  /** Writes a file whose fields are texts or, one at a time, of that type. */
  static void avro(Path file, String type, Random random) throws IOException {
    var fields = new StringBuilder();
    for (int i = 0; i < NAMES.size(); i++) {
      var quoted = type.startsWith("{") ? type.replace("#", "" + i) : "'" + type + "'";
      fields.append(i == 0 ? "" : ",").append("{'name':'").append(NAMES.get(i));
      fields
          .append("','type':")
          .append(type.equals("string") ? quoted : "['string'," + quoted + "]");
      fields.append("}");
    }
    var schema = record(fields.toString());
    try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      writer.append(texts(schema));
      for (var text : TEXTS) {
        for (int column = 0; column < NAMES.size(); column++) {
          var row = texts(schema);
          var field = schema.getFields().get(column).schema();
          var branch = field.isUnion() ? field.getTypes().get(1) : field;
          row.put(column, value(branch, text, random));
          writer.append(row);
        }
      }
    }
  }

  /** Writes a file in which one column is of that type and the others are texts. */
  static void parquet(Path file, String type, int column, Random random) throws IOException {
    var columns = new StringBuilder("message m {");
    for (int i = 0; i < NAMES.size(); i++) {
      var declared = i == column ? type : "binary %s (UTF8)";
      columns.append(" optional ").append(declared.replace("%s", NAMES.get(i))).append(";");
    }
    var schema = MessageTypeParser.parseMessageType(columns + "}");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (var text : TEXTS) {
        var row = new SimpleGroup(schema);
        for (int i = 0; i < NAMES.size(); i++) {
          if (i != column) {
            row.append(NAMES.get(i), MalformedLines.good().get(i));
          }
        }
        append(row, NAMES.get(column), type, text, random);
        writer.write(row);
      }
    }
  }

  private static GenericRecord texts(Schema schema) {
    var row = new GenericData.Record(schema);
    for (int i = 0; i < NAMES.size(); i++) {
      row.put(i, MalformedLines.good().get(i));
    }
    return row;
  }

  private static void append(
      SimpleGroup row, String name, String type, String text, Random random) {
    switch (type.substring(0, type.indexOf(' '))) {
      case "double" -> row.append(name, number(random));
      case "float" -> row.append(name, (float) number(random));
      case "int64" -> row.append(name, random.nextLong());
      case "int32" -> row.append(name, random.nextInt());
      case "boolean" -> row.append(name, random.nextBoolean());
      case "int96" -> row.append(name, bytes(12, random));
      case "fixed_len_byte_array(2)" -> row.append(name, bytes(2, random));
      case "fixed_len_byte_array(16)" -> row.append(name, bytes(16, random));
      default -> {
        if (type.contains("DECIMAL")) {
          row.append(name, bytes(random.nextBoolean() ? random.nextInt(9) : 2_000, random));
        } else {
          row.append(name, text);
        }
      }
    }
  }

  private static Object value(Schema type, String text, Random random) {
    return switch (type.getType()) {
      case BYTES -> ByteBuffer.wrap(text.getBytes(ISO_8859_1));
      case DOUBLE -> number(random);
      case FLOAT -> (float) number(random);
      case LONG -> random.nextLong();
      case INT -> random.nextInt();
      case BOOLEAN -> random.nextBoolean();
      case NULL -> null;
      case FIXED -> new GenericData.Fixed(type, bytes(3, random).getBytes());
      case ARRAY -> List.of(text);
      case MAP -> Map.of(text, 1L);
      case RECORD -> {
        var nested = new GenericData.Record(type);
        nested.put("x", random.nextBoolean() ? (Object) random.nextLong() : text);
        yield nested;
      }
      default -> text;
    };
  }

  private static Binary bytes(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Binary.fromConstantByteArray(bytes);
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Double.NaN;
      case 1 -> Double.NEGATIVE_INFINITY;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextInt(1000) / 7.0;
    };
  }
}
