package org.clickmill.formats.read;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT96;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that parquet-java writes in all its ways are read as parquet-java reads them. */
final class ForeignParquetTest {
  @TempDir java.nio.file.Path folder;

  private final Configuration configuration = new Configuration(false);
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private FileSystem fileSystem;

  @BeforeEach
  void openFileSystem() throws IOException {
    fileSystem = FileSystem.getLocal(new Configuration()).getRawFileSystem();
  }

  @RepeatedTest(40)
  void filesAreReadAsParquetJavaReadsThem() throws IOException {
    CompressionCodecName[] codecs = {
      CompressionCodecName.UNCOMPRESSED,
      CompressionCodecName.SNAPPY,
      CompressionCodecName.GZIP,
      CompressionCodecName.ZSTD,
      CompressionCodecName.LZ4_RAW
    };
    check(codecs[random.nextInt(codecs.length)], random.nextInt(1, 6000));
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyCodecIsRead(CompressionCodecName codec) throws IOException {
    check(codec, 500);
  }

  private void check(CompressionCodecName codec, int rows) throws IOException {
    var schema = schema();
    var path = new Path(folder.resolve("foreign.parquet").toUri());
    boolean isVersion2 = random.nextBoolean();
    boolean hasDictionary = random.nextInt(3) > 0;
    int dictionarySize = random.nextBoolean() ? 1 << 20 : 1 << random.nextInt(6, 14);
    boolean isSplit = random.nextInt(4) == 0;
    var what =
        String.format(
            Locale.ROOT,
            "seed %d: %s, version %s, dictionary %s of %d, byte stream split %s, %d rows, %s",
            seed,
            codec,
            isVersion2 ? 2 : 1,
            hasDictionary,
            dictionarySize,
            isSplit,
            rows,
            schema);
    try (var writer =
        ExampleParquetWriter.builder(path)
            .withType(schema)
            .withConf(configuration)
            .withCompressionCodec(codec)
            .withWriterVersion(isVersion2 ? WriterVersion.PARQUET_2_0 : WriterVersion.PARQUET_1_0)
            .withDictionaryEncoding(hasDictionary)
            .withDictionaryPageSize(dictionarySize)
            .withByteStreamSplitEncoding(isSplit)
            .withPageSize(1 << random.nextInt(8, 18))
            .withPageRowCountLimit(random.nextInt(10, 20_000))
            .withMinRowCountForPageSizeCheck(random.nextInt(1, 100))
            .withRowGroupSize((long) (1 << random.nextInt(16, 24)))
            .build()) {
      int different = 1 << random.nextInt(14);
      for (int i = 0; i < rows; i++) {
        writer.write(row(schema, different));
      }
    }
    ParquetJavaRows.assertReadAlike(fileSystem, path, configuration, what);
  }

  private MessageType schema() {
    var columns = new ArrayList<PrimitiveType>();
    add(columns, "int", INT32, null);
    add(columns, "small", INT32, intType(16, true));
    add(columns, "unsigned", INT32, intType(32, false));
    add(columns, "long", INT64, null);
    add(columns, "boolean", BOOLEAN, null);
    add(columns, "float", FLOAT, null);
    add(columns, "double", DOUBLE, null);
    add(columns, "text", BINARY, stringType());
    add(columns, "bytes", BINARY, null);
    add(columns, "day", INT32, dateType());
    add(columns, "millis", INT64, timestampType(true, TimeUnit.MILLIS));
    add(columns, "micros", INT64, timestampType(false, TimeUnit.MICROS));
    add(columns, "nanos", INT64, timestampType(true, TimeUnit.NANOS));
    add(columns, "int96", INT96, null);
    add(columns, "money_int", INT32, decimalType(2, 9));
    add(columns, "money_long", INT64, decimalType(4, 18));
    add(columns, "money_fine", INT64, decimalType(6, 18));
    add(columns, "money_bytes", BINARY, decimalType(3, 20));
    columns.add(fixed("fixed", 5, null));
    columns.add(fixed("money_fixed", 16, decimalType(10, 38)));
    return new MessageType("foreign", List.copyOf(columns));
  }

  private void add(
      List<PrimitiveType> columns,
      String name,
      PrimitiveTypeName type,
      LogicalTypeAnnotation annotation) {
    columns.add(Types.primitive(type, repetition()).as(annotation).named(name));
  }

  private PrimitiveType fixed(String name, int length, LogicalTypeAnnotation annotation) {
    return Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition())
        .length(length)
        .as(annotation)
        .named(name);
  }

  private Repetition repetition() {
    return random.nextInt(3) == 0 ? Repetition.REQUIRED : Repetition.OPTIONAL;
  }

  private Group row(MessageType schema, int different) {
    var group = new SimpleGroup(schema);
    for (int i = 0; i < schema.getFieldCount(); i++) {
      var column = schema.getType(i).asPrimitiveType();
      if (column.isRepetition(Repetition.OPTIONAL) && random.nextInt(1 + i) == 0) {
        continue;
      }
      add(group, i, column, random.nextInt(different) - different / 4);
    }
    return group;
  }

  private void add(Group group, int index, PrimitiveType column, int value) {
    switch (column.getPrimitiveTypeName()) {
      case INT32 -> group.add(index, value);
      case INT64 -> group.add(index, whole(column, value));
      case BOOLEAN -> group.add(index, (value & 1) == 0);
      case FLOAT -> group.add(index, value / 3f);
      case DOUBLE -> group.add(index, value / 7.0);
      case INT96 ->
          group.add(
              index,
              Binary.fromConstantByteArray(
                  ByteBuffer.allocate(12)
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .putLong(Math.abs((long) value) * 1_234_567_891L % 86_400_000_000_000L)
                      .putInt(2_458_000 + value % 1000)
                      .array()));
      case BINARY -> group.add(index, binary(column, value));
      case FIXED_LEN_BYTE_ARRAY -> {
        byte[] bytes = new byte[column.getTypeLength()];
        var amount =
            BigInteger.valueOf(value).multiply(BigInteger.valueOf(1_000_000)).toByteArray();
        if (value < 0) {
          Arrays.fill(bytes, (byte) -1);
        }
        int length = Math.min(amount.length, bytes.length);
        System.arraycopy(amount, amount.length - length, bytes, bytes.length - length, length);
        group.add(index, Binary.fromConstantByteArray(bytes));
      }
    }
  }

  private static long whole(PrimitiveType column, int value) {
    if (column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return decimal.getScale() > 4 ? value * 100L : value * 1_000_003L;
    }
    return value * 1_000_000_007L;
  }

  private static Binary binary(PrimitiveType column, int value) {
    if (column.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
      return Binary.fromConstantByteArray(BigInteger.valueOf(value).toByteArray());
    }
    return Binary.fromString(value % 7 == 0 ? "" : "é" + "x".repeat(Math.abs(value % 30)) + value);
  }
}
