package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageTypeParser;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetSourceReaderTest {
  private static final String MAPPING =
      "fields: {event_time: t, event_type: e, price: {from: p, optional: true}, order_id: {from: p,"
          + " optional: true}}";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int64 t (TIMESTAMP(MILLIS,true)) | 1569888000123 | 2019-10-01T00:00:00.123Z",
        "int64 t (TIMESTAMP(MICROS,true)) | 1569888000123999 | 2019-10-01T00:00:00.123Z",
        "int64 t (TIMESTAMP(NANOS,true)) | -1 | 1969-12-31T23:59:59.999Z",
        "int64 t (TIMESTAMP(MILLIS,false)) | 1569888000123 | 2019-10-01T00:00:00.123Z",
        "int64 t | 1569888000123 | 2019-10-01T00:00:00.123Z",
        "int32 t (DATE) | 18170 | 2019-10-01T00:00:00Z",
        "binary t (UTF8) | 2019-10-01 | 2019-10-01T00:00:00Z"
      })
  void timesOfEveryTypeAreRead(String type, String value, String expected) throws IOException {
    var reading =
        read(
            "required " + type + "; required binary e (UTF8);",
            1,
            (group, row) -> {
              if (type.startsWith("int64")) {
                group.append("t", Long.parseLong(value));
              } else if (type.startsWith("int32")) {
                group.append("t", Integer.parseInt(value));
              } else {
                group.append("t", value);
              }
              group.append("e", "view");
            });
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events().get(0).getEventTime()).isEqualTo(Instant.parse(expected));
  }

  @Test
  void timesOfNinetySixBitsAreRead() throws IOException {
    var time =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(3_600_000_000_000L + 5_000_000)
            .putInt(2_440_588 + 18_170)
            .array();
    var reading =
        read(
            "required int96 t; required binary e (UTF8);",
            1,
            (group, row) ->
                group.append("t", Binary.fromConstantByteArray(time)).append("e", "view"));
    assertThat(reading.events().get(0).getEventTime())
        .isEqualTo(Instant.parse("2019-10-01T01:00:00.005Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int32 p | 12 | 12.0000 | 12",
        "int64 p | 12 | 12.0000 | 12",
        "int32 p (DECIMAL(9,2)) | 1230 | 12.3000 | 12.30",
        "int64 p (DECIMAL(18,6)) | 12300000 | 12.3000 | 12.300000",
        "int32 p (INTEGER(32,false)) | -1 | 4294967295.0000 | 4294967295",
        "float p | 12.3 | 12.3000 | 12.3",
        "double p | 12.3 | 12.3000 | 12.3",
        "binary p (UTF8) | 12.30 | 12.3000 | 12.30",
        "binary p | 12.30 | 12.3000 | 12.30",
        "binary p (DECIMAL(9,2)) | x | 1.2000 | 1.20",
        "fixed_len_byte_array(1) p (DECIMAL(2,0)) | x | 120.0000 | 120"
      })
  void numbersOfEveryTypeArePricesAndTexts(String type, String value, String price, String text)
      throws IOException {
    var reading =
        read(
            "required int64 t; required binary e (UTF8); optional " + type + ";",
            2,
            (group, row) -> {
              group.append("t", 0L).append("e", "view");
              if (row == 1) {
                return;
              }
              switch (type.substring(0, type.indexOf(' '))) {
                case "int32" -> group.append("p", Integer.parseInt(value));
                case "int64" -> group.append("p", Long.parseLong(value));
                case "float" -> group.append("p", Float.parseFloat(value));
                case "double" -> group.append("p", Double.parseDouble(value));
                default -> group.append("p", Binary.fromString(value));
              }
            });
    assertThat(reading.reasons()).isEmpty();
    var event = reading.events().get(0);
    assertThat(Money.decimal(Money.fromAvro(event.getPrice())).toString()).isEqualTo(price);
    assertThat((Object) event.getOrderId()).hasToString(text);
    assertThat(reading.events().get(1).getPrice()).isNull();
  }

  @Test
  void nestedColumnsAreFoundByPath() throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 t; repeated int32 many; optional group user { optional"
                + " group key { optional int32 id; } optional binary name (UTF8); } required"
                + " binary e (UTF8); }");
    var file = folder.resolve("data.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (int i = 0; i < 4; i++) {
        var group = new SimpleGroup(schema);
        group.append("t", (long) i).append("e", "view");
        group.add("many", i);
        group.add("many", i);
        if (i > 0) {
          var user = group.addGroup("user");
          if (i > 1) {
            var key = user.addGroup("key");
            if (i > 2) {
              key.append("id", 17);
            }
          }
        }
        writer.write(group);
      }
    }
    var reading =
        Reading.of(
            file,
            Mapping.parse("fields: {event_time: t, event_type: e, user_id: user.key.id}", "x"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events())
        .extracting(event -> String.valueOf(event.getUserId()))
        .containsExactly("null", "null", "null", "17");
    assertThatThrownBy(
            () -> Reading.of(file, Mapping.parse("fields: {event_time: t, event_type: many}", "x")))
        .hasMessageContaining("Cannot map column many of file:")
        .hasMessageContaining("to event_type: it is repeated");
    assertThatThrownBy(
            () ->
                Reading.of(file, Mapping.parse("fields: {event_time: t, event_type: user.x}", "x")))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching(
            "Missing column user.x in file:.*, mapped to event_type; there are: t, many\\[\\],"
                + " user.key.id, user.name, e");
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void manyRowsOverPagesAndRowGroupsComeBack(WriterVersion version) throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 t; required binary e (UTF8); optional binary p (UTF8); }");
    for (var codec :
        new CompressionCodecName[] {
          CompressionCodecName.UNCOMPRESSED,
          CompressionCodecName.GZIP,
          CompressionCodecName.SNAPPY,
          CompressionCodecName.ZSTD
        }) {
      var file = folder.resolve(version + "-" + codec + ".parquet");
      try (var writer =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withType(schema)
              .withWriterVersion(version)
              .withCompressionCodec(codec)
              .withPageSize(3_000)
              .withDictionaryPageSize(2_000)
              .withRowGroupSize(60_000L)
              .build()) {
        for (int i = 0; i < 20_000; i++) {
          var group = new SimpleGroup(schema).append("t", (long) i).append("e", "view" + i % 3);
          if (i % 4 != 0) {
            group.append("p", Integer.toString(i / 2));
          }
          writer.write(group);
        }
      }
      var reading = Reading.of(file, Mapping.parse(MAPPING, "x"));
      assertThat(reading.reasons()).isEmpty();
      assertThat(reading.events()).hasSize(20_000);
      for (int i = 0; i < 20_000; i++) {
        var event = reading.events().get(i);
        assertThat(event.getEventTime().toEpochMilli()).isEqualTo(i);
        assertThat((Object) event.getEventType()).hasToString("view" + i % 3);
        assertThat(String.valueOf(event.getOrderId()))
            .isEqualTo(i % 4 == 0 ? "null" : Integer.toString(i / 2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"V1", "V2"})
  void filesOfAnotherEngineAreRead(String version) throws SQLException {
    var file = folder.resolve("duck.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "copy (select timestamp '2019-10-01' + interval (i) millisecond as t, 'view' || (i % 5) as"
              + " e, case when i % 3 = 0 then null else (i / 100)::decimal(12,2) end as p from"
              + " range(50000) r(i) order by i) to '"
              + file
              + "' (format parquet, parquet_version "
              + version
              + ", row_group_size 10000)");
    }
    var reading = Reading.of(file, Mapping.parse(MAPPING, "x"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).hasSize(50_000);
    for (int i = 0; i < 50_000; i++) {
      var event = reading.events().get(i);
      assertThat(event.getEventTime())
          .isEqualTo(Instant.parse("2019-10-01T00:00:00Z").plusMillis(i));
      assertThat(event.getPrice()).isEqualTo(i % 3 == 0 ? null : Money.toAvro(i * 100L));
    }
  }

  @Test
  void badValuesAreRejectedWithTheirReason() throws IOException {
    var values = new String[] {"abc", "1.23456", "a\0", "2"};
    var reading =
        read(
            "required int64 t; required binary e (UTF8); optional binary p (UTF8);",
            values.length,
            (group, row) -> group.append("t", 0L).append("e", "view").append("p", values[row]));
    assertThat(reading.events()).hasSize(1);
    assertThat(reading.reasons())
        .containsExactly(
            "row 0: field price: 'abc' is not a number",
            "row 1: field price: '1.23456' has more than 4 decimals",
            "row 2: field price: a NUL byte");
    assertThat(new String(reading.rejects().get(0).getRaw().array(), UTF_8))
        .isEqualTo("{\"t\": 0, \"e\": \"view\", \"p\": \"abc\", \"p\": \"abc\"}");
  }

  @Test
  void columnWithinAGroupThatNoRowHasIsAbsent() throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 t; required binary e (UTF8); optional group user {"
                + " optional binary id (UTF8); } optional group order { optional binary id (UTF8);"
                + " } }");
    var file = folder.resolve("data.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      var group = new SimpleGroup(schema).append("t", 0L).append("e", "view");
      group.addGroup("user");
      writer.write(group);
    }
    var mapping =
        Mapping.parse(
            "fields: {event_time: t, event_type: e, user_id: user.id, order_id: order.id,"
                + " brand: {from: b, optional: true}}",
            "my.yaml");
    try (var reader = Reading.open(file, mapping, new Configuration(false))) {
      assertThat(reader.absentColumns()).isEmpty();
      assertThat(reader.next()).isTrue();
      assertThat(reader.absentColumns())
          .containsExactlyInAnyOrder(
              new AbsentColumn("order_id", "order.id", false, "t, e, user.id, order.id"),
              new AbsentColumn("brand", "b", true, "t, e, user.id, order.id"));
    }
  }

  @Test
  void missingColumnIsNamedBesideThePathsThatThereAre() throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 t; required binary e (UTF8); optional group items (LIST) {"
                + " repeated group list { optional group element { optional binary sku (UTF8); } }"
                + " } optional group tags (MAP) { repeated group key_value { required binary key"
                + " (UTF8); optional int32 value; } } repeated int32 codes; }");
    var file = folder.resolve("data.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      writer.write(new SimpleGroup(schema).append("t", 0L).append("e", "view"));
    }
    var mapping =
        Mapping.parse("fields: {event_time: t, event_type: e, brand: 'items[].%share'}", "m");
    assertThatThrownBy(() -> Reading.of(file, mapping))
        .hasMessageMatching(
            "Missing column items\\[].%share in file:.*data.parquet, mapped to brand; there are: t,"
                + " e, items\\[].sku, tags.KEY, codes\\[]");
  }

  private Reading read(String columns, int rows, BiConsumer<Group, Integer> filler)
      throws IOException {
    var schema = MessageTypeParser.parseMessageType("message m { " + columns + " }");
    var file = folder.resolve("data.parquet");
    try (var writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schema).build()) {
      for (int i = 0; i < rows; i++) {
        var group = new SimpleGroup(schema);
        filler.accept(group, i);
        writer.write(group);
      }
    }
    return Reading.of(file, Mapping.parse(MAPPING, "my.yaml"));
  }
}
