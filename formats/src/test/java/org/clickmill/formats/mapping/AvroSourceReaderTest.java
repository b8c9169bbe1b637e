package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.util.Utf8;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSourceReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2"})
  void eventsOfTheSuiteComeBackAsTheyWere(String codec) throws IOException {
    var events = new ArrayList<Event>();
    for (int i = 0; i < 2_000; i++) {
      var event = new Event();
      event.setEventTime(Instant.ofEpochMilli(1_569_888_000_000L + i));
      event.setEventType(new Utf8("view"));
      event.setProductId(new Utf8("p" + i));
      event.setPrice(i % 3 == 0 ? null : Money.toAvro(i * 1_000L - 500_000));
      event.setQuantity(i % 7);
      event.setUserId(i % 5 == 0 ? null : new Utf8("u" + i));
      event.setEventId(new Utf8("e" + i));
      event.setSourceName(new Utf8("shop/events.avro"));
      events.add(event);
    }
    var file = folder.resolve("events.avro");
    try (var writer = new DataFileWriter<Event>(new SpecificDatumWriter<>(Event.class))) {
      writer.setCodec(CodecFactory.fromString(codec)).setSyncInterval(4_000);
      writer.create(Event.getClassSchema(), file.toFile());
      for (var event : events) {
        writer.append(event);
      }
    }
    var reading = Reading.of(file, Mapping.named("clickmill"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).extracting(Event::getSourceOffset).doesNotHaveDuplicates();
    reading.events().forEach(event -> event.setSourceOffset(null));
    assertThat(reading.events()).isEqualTo(events);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type': 'long', 'logicalType': 'timestamp-millis'} | 1569888000123 | .123Z",
        "{'type': 'long', 'logicalType': 'timestamp-micros'} | 1569888000123999 | .123Z",
        "{'type': 'long', 'logicalType': 'timestamp-nanos'} | 1569888000123999999 | .123Z",
        "{'type': 'long', 'logicalType': 'local-timestamp-millis'} | 1569888000123 | .123Z",
        "'long' | 1569888000123 | .123Z"
      })
  void timesOfEveryUnitAreRead(String type, long value, String fraction) throws IOException {
    var schema = record("{'name': 't', 'type': " + type + "}, {'name': 'e', 'type': 'string'}");
    var reading =
        read(schema, "fields: {event_time: t, event_type: e}", Map.of("t", value, "e", "view"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events().get(0).getEventTime())
        .isEqualTo(Instant.parse("2019-10-01T00:00:00" + fraction));
  }

  @Test
  void datesAndLocalTimesAreThoseOfTheZone() throws IOException {
    var schema =
        record(
            "{'name': 't', 'type': {'type': 'int', 'logicalType': 'date'}},"
                + " {'name': 'e', 'type': 'string'}");
    var reading =
        read(
            schema,
            "fields: {event_time: {from: t, zone: Europe/Berlin}, event_type: e}",
            Map.of("t", 18_170, "e", "view"));
    assertThat(reading.events().get(0).getEventTime())
        .isEqualTo(Instant.parse("2019-09-30T22:00:00Z"));
  }

  @Test
  void numbersOfEveryTypeArePricesAndTexts() throws IOException {
    var types =
        List.of(
            "'int'",
            "'long'",
            "'float'",
            "'double'",
            "'string'",
            "['null', 'string', 'double']",
            "{'type': 'bytes', 'logicalType': 'decimal', 'precision': 9, 'scale': 2}",
            "{'type': 'fixed', 'name': 'F', 'size': 5, 'logicalType': 'decimal', 'precision': 9,"
                + " 'scale': 6}");
    var fixedType =
        new Schema.Parser().parse("{'type': 'fixed', 'name': 'F', 'size': 5}".replace('\'', '"'));
    var values =
        new Object[] {
          12,
          12L,
          12.3f,
          12.3d,
          "12.30",
          12.3d,
          ByteBuffer.wrap(new BigDecimal("12.30").unscaledValue().toByteArray()),
          new GenericData.Fixed(fixedType, new byte[] {0, 0, (byte) 0xbb, (byte) 0xae, (byte) 0xe0})
        };
    var texts = List.of("12", "12", "12.3", "12.3", "12.30", "12.3", "12.30", "12.300000");
    for (int i = 0; i < values.length; i++) {
      var schema =
          record(
              "{'name': 't', 'type': 'long'}, {'name': 'e', 'type': 'string'}, {'name': 'p',"
                  + " 'type': "
                  + types.get(i)
                  + "}");
      var reading =
          read(
              schema,
              "fields: {event_time: t, event_type: e, price: p, order_id: p}",
              Map.of("t", 0L, "e", "view", "p", values[i]));
      assertThat(reading.reasons()).as(types.get(i)).isEmpty();
      var event = reading.events().get(0);
      assertThat(Money.fromAvro(event.getPrice()))
          .as(types.get(i))
          .isEqualTo(i < 2 ? 120_000 : 123_000);
      assertThat((Object) event.getOrderId()).as(types.get(i)).hasToString(texts.get(i));
    }
  }

  @Test
  void badValuesAreRejectedWithTheirReason() throws IOException {
    var schema =
        record(
            "{'name': 't', 'type': 'long'}, {'name': 'e', 'type': ['null', 'string', 'bytes']},"
                + " {'name': 'p', 'type': ['null', 'double', {'type': 'array', 'items': 'int'}]}");
    var reading =
        read(
            schema,
            "fields: {event_time: t, event_type: e, price: p}",
            Map.of("t", 0L),
            Map.of("t", 0L, "e", "view", "p", Double.NaN),
            Map.of("t", 0L, "e", "view", "p", 0.1 + 0.2),
            Map.of("t", 0L, "e", "view", "p", 1e300),
            Map.of("t", 0L, "e", "view", "p", List.of(1, 2)),
            Map.of("t", 0L, "e", "a\0"),
            Map.of("t", 0L, "e", ByteBuffer.wrap(new byte[] {'a', (byte) 0xff})),
            Map.of("t", Long.MAX_VALUE, "e", "view"),
            Map.of("t", 0L, "e", "view", "p", -1.5));
    assertThat(reading.reasons())
        .containsExactly(
            "record 1 of the block at byte 217: field event_type: no value",
            "record 2 of the block at byte 217: field price: 'NaN' is not a finite number",
            "record 3 of the block at byte 217: field price: '0.30000000000000004' has more than 4 decimals",
            "record 4 of the block at byte 217: field price: '1.0E+300' has more than 14 digits before the point",
            "record 5 of the block at byte 217: field price: a array, not a single value",
            "record 6 of the block at byte 217: field event_type: a NUL byte",
            "record 7 of the block at byte 217: field event_type: not valid UTF-8",
            "record 8 of the block at byte 217: field event_time: '9223372036854775807' (epoch milliseconds) is out of"
                + " range");
    assertThat(reading.events()).hasSize(1);
    assertThat(reading.rejects().get(2).getSourceOffset()).isEqualTo((217L << 20) + 2);
    assertThat(new String(reading.rejects().get(2).getRaw().array(), UTF_8))
        .isEqualTo("{\"t\": 0, \"e\": \"view\", \"p\": 0.30000000000000004}");
  }

  @Test
  void nestedRecordsAreFoundByPath() throws IOException {
    var user =
        "{'type': 'record', 'name': 'U', 'fields': [{'name': 'id', 'type': ['null', 'int']},"
            + " {'name': 'name', 'type': 'string'}]}";
    var schema =
        record(
            "{'name': 'junk', 'type': {'type': 'map', 'values': {'type': 'array', 'items':"
                + " 'string'}}}, {'name': 'e', 'type': {'type': 'enum', 'name': 'E', 'symbols':"
                + " ['view', 'cart']}}, {'name': 'user', 'type': ['null', "
                + user
                + "]}, {'name': 't', 'type': 'long'}");
    var userSchema = schema.getField("user").schema().getTypes().get(1);
    var known = new GenericData.Record(userSchema);
    known.put("id", 17);
    known.put("name", "x");
    var anonymous = new GenericData.Record(userSchema);
    anonymous.put("name", "y");
    var cart = new GenericData.EnumSymbol(schema.getField("e").schema(), "cart");
    var junk = Map.of("a", List.of("b", "c"), "d", List.<String>of());
    var reading =
        read(
            schema,
            "fields: {event_time: t, event_type: e, user_id: user.id}",
            Map.of("junk", junk, "e", cart, "user", known, "t", 1L),
            Map.of("junk", junk, "e", cart, "user", anonymous, "t", 2L),
            Map.of("junk", junk, "e", cart, "t", 3L));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events())
        .extracting(event -> String.valueOf(event.getUserId()))
        .containsExactly("17", "null", "null");
    assertThat((Object) reading.events().get(2).getEventType()).hasToString("cart");
  }

  @Test
  void missingFieldIsNamedWithThoseThatAre() throws IOException {
    var schema = record("{'name': 't', 'type': 'long'}, {'name': 'kind', 'type': 'string'}");
    assertThatThrownBy(() -> read(schema, "fields: {event_time: t, event_type: kind.of}"))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching(
            "Cannot read file file:.*/data.avro: it has no field kind.of, mapped to event_type;"
                + " there are: t, kind");
  }

  @Test
  void packedContainerIsRefused() {
    assertThatThrownBy(() -> Reading.ofText(folder, "a.avro.gz", "x", Mapping.named("clickmill")))
        .hasMessageContaining("avro files are packed inside; unpack it first");
  }

  @SafeVarargs
  private Reading read(Schema schema, String mapping, Map<String, ?>... records)
      throws IOException {
    var file = folder.resolve("data.avro");
    try (var writer = new DataFileWriter<GenericData.Record>(new GenericDatumWriter<>(schema))) {
      writer.create(schema, file.toFile());
      for (var values : records) {
        var record = new GenericData.Record(schema);
        values.forEach(record::put);
        writer.append(record);
      }
    }
    return Reading.of(file, Mapping.parse(mapping, "my.yaml"));
  }

  @Test
  void fieldOfANestedRecordThatNoRecordHasIsAbsent() throws IOException {
    var schema =
        record(
            "{'name': 't', 'type': 'long'}, {'name': 'e', 'type': 'string'}, {'name': 'user',"
                + " 'type': ['null', {'type': 'record', 'name': 'U', 'fields': [{'name': 'id',"
                + " 'type': ['null', 'string']}]}]}, {'name': 'brand', 'type': ['null',"
                + " 'string']}");
    var fields = "fields: {event_time: t, event_type: e, user_id: user.id, brand: brand}";
    read(schema, fields, Map.of("t", 0L, "e", "view"));
    var file = folder.resolve("data.avro");
    try (var reader =
        Reading.open(file, Mapping.parse(fields, "my.yaml"), new Configuration(false))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.absentColumns())
          .containsExactly(new AbsentColumn("user_id", "user.id", false, "t, e, user, brand"));
    }
  }

  private static Schema record(String fields) {
    return new Schema.Parser()
        .parse(("{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}").replace('\'', '"'));
  }
}
