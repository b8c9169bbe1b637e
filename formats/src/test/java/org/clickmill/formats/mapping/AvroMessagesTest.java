package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroMessagesTest {
  private static final int DAMAGES = Integer.getInteger("clickmill.test.damages", 100) * 100;
  static final Mapping MAPPING =
      Mapping.parse(
          "fields: {event_time: at, event_type: kind, user_id: user.id, brand: tags}", "my.yaml");
  static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Click", "fields": [
                {"name": "junk", "type": {"type": "array", "items": "null"}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["view", "cart"]}},
                {"name": "user", "type": ["null", {"type": "record", "name": "U", "fields": [
                  {"name": "id", "type": "string"}]}]},
                {"name": "tags", "type": ["null", "string", {"type": "array", "items": "null"},
                  {"type": "map", "values": "Click"}]}]}
              """);

  @TempDir Path folder;

  private final Message message = new Message();

  @Test
  void valueWithASchemaFileBecomesAnEvent() throws IOException {
    var decoder = MessageDecoder.ofAvro(MAPPING, SCHEMA, "click.avsc");
    assertThat(decoder.decode(message(click()))).isEqualTo(Outcome.EVENT);
    var event = decoder.event();
    assertThat(event.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_569_888_000_123L));
    assertThat((Object) event.getEventType()).hasToString("cart");
    assertThat((Object) event.getUserId()).hasToString("u1");
    assertThat(event.getSourceOffset()).isEqualTo(42L);
  }

  @Test
  void whatIsLeftAfterTheRecordMakesAReject() throws IOException {
    var decoder = MessageDecoder.ofAvro(MAPPING, SCHEMA, "click.avsc");
    byte[] click = click();
    byte[] longer = Arrays.copyOf(click, click.length + 1);
    assertThat(reason(decoder, longer)).isEqualTo("bytes after the record");
    assertThat(reason(decoder, Arrays.copyOf(click, click.length - 1))).startsWith("damaged: ");
    assertThat(reason(decoder, "{}".getBytes(UTF_8))).startsWith("damaged: ");
    assertThat(decoder.reject().getRaw()).isEqualTo(ByteBuffer.wrap("{}".getBytes(UTF_8)));
  }

  @Test
  void schemaThatCannotFeedTheMappingIsRefusedAtOnce() {
    var schema = SCHEMA.getField("user").schema().getTypes().get(1);
    assertThatThrownBy(() -> MessageDecoder.ofAvro(MAPPING, schema, "user.avsc"))
        .hasMessage(
            "Cannot use schema user.avsc: it has no field at, mapped to event_time; there are: id");
    assertThatThrownBy(
            () -> MessageDecoder.ofAvro(MAPPING, Schema.create(Schema.Type.INT), "i.avsc"))
        .hasMessage("Cannot use schema i.avsc: its items are of type int, not records");
  }

  @Test
  void schemasAreFoundByIdInAFolder() throws IOException {
    Files.writeString(folder.resolve("7.avsc"), SCHEMA.toString());
    Files.writeString(folder.resolve("8.avsc"), "{\"type\": \"recor");
    Files.writeString(folder.resolve("9.avsc"), SCHEMA.getField("kind").schema().toString());
    Files.writeString(
        folder.resolve("10.avsc"),
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\":"
            + " \"other.Unknown\"}]}");
    var decoder = MessageDecoder.ofRegistry(MAPPING, inFolder());
    for (int i = 0; i < 2; i++) {
      assertThat(decoder.decode(message(framed(7, click())))).isEqualTo(Outcome.EVENT);
      assertThat(reason(decoder, framed(-2, click())))
          .startsWith("schema -2: no file file:/")
          .endsWith("/-2.avsc");
      assertThat(reason(decoder, framed(8, click())))
          .isEqualTo("schema 8: not a valid Avro schema");
      assertThat(reason(decoder, framed(9, click())))
          .isEqualTo("schema 9: its items are of type enum, not records");
      assertThat(reason(decoder, framed(10, click())))
          .isEqualTo("schema 10: not a valid Avro schema");
    }
  }

  @Test
  void valueWithoutTheHeaderIsAReject() throws IOException {
    var decoder = MessageDecoder.ofRegistry(MAPPING, inFolder());
    assertThat(reason(decoder, "{}".getBytes(UTF_8)))
        .isEqualTo("no schema id: the first byte is 123, not 0");
    assertThat(reason(decoder, new byte[4])).isEqualTo("no schema id: the value has 4 bytes");
    assertThat(reason(decoder, new byte[0])).isEqualTo("an empty value");
  }

  @Test
  void damagedBytesEndAsRejectsWhateverTheyAre() throws IOException {
    long seed = Long.getLong("clickmill.test.seed", System.nanoTime());
    var random = new Random(seed);
    Files.writeString(folder.resolve("0.avsc"), SCHEMA.toString());
    var decoders =
        List.of(
            MessageDecoder.ofAvro(MAPPING, SCHEMA, "click.avsc"),
            MessageDecoder.ofRegistry(MAPPING, inFolder()),
            MessageDecoder.ofJson(Mapping.named("clickmill")));
    var originals =
        List.of(
            click(),
            framed(0, click()),
            "{\"event_time\": 1569888000123, \"event_type\": \"view\", \"price\": 1.5}"
                .getBytes(UTF_8));
    for (int i = 0; i < DAMAGES; i++) {
      for (int k = 0; k < decoders.size(); k++) {
        byte[] damaged = damage(random, originals.get(k));
        var decoder = decoders.get(k);
        var outcome = decoder.decode(message(damaged));
        assertThat(outcome).as("seed " + seed).isNotEqualTo(Outcome.TOMBSTONE);
        if (outcome == Outcome.REJECT) {
          assertThat(decoder.reject().getRaw()).isEqualTo(ByteBuffer.wrap(damaged));
        }
        assertThat(decoder.decode(message(originals.get(k)))).isEqualTo(Outcome.EVENT);
      }
    }
  }

  @Test
  void hostileLengthsAskForNoMemoryAndNoTime() throws IOException {
    var decoder = MessageDecoder.ofAvro(MAPPING, SCHEMA, "click.avsc");
    // A billion nulls, then a text of two billion bytes, then arrays within arrays.
    assertThat(reason(decoder, new byte[] {(byte) 0x80, (byte) 0xa8, (byte) 0xd6, (byte) 0xb9, 7}))
        .isEqualTo("damaged: 1000000000 items where at most 1029 can be");
    var kind = new byte[] {0, 2, 2, 2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15};
    assertThat(reason(decoder, kind)).startsWith("damaged: a value of 2147483647 bytes");
    var many = new byte[1_000_000];
    for (int i = 0; i < many.length; i += 3) {
      // Blocks of 8191 nulls, three bytes each.
      many[i] = (byte) 0xfe;
      many[Math.min(i + 1, many.length - 1)] = 0x7f;
    }
    assertThat(reason(decoder, many)).startsWith("damaged: ");
  }

  private static byte[] damage(Random random, byte[] original) {
    byte[] bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 1 -> random.nextBytes(bytes);
      case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
    }
    return bytes;
  }

  static byte[] click() throws IOException {
    var user = new GenericData.Record(SCHEMA.getField("user").schema().getTypes().get(1));
    user.put("id", "u1");
    var click = new GenericData.Record(SCHEMA);
    click.put("junk", Arrays.asList(null, null));
    click.put("at", 1_569_888_000_123L);
    click.put("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "cart"));
    click.put("user", user);
    var out = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(SCHEMA).write(click, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  static byte[] framed(int id, byte[] record) {
    return ByteBuffer.allocate(5 + record.length).put((byte) 0).putInt(id).put(record).array();
  }

  private SchemaSource inFolder() {
    return SchemaSource.folder(
        Reading.fileSystem(new Configuration(false)),
        new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  private Message message(byte[] value) {
    return message.reset("shop", 0, 42, 0).value(value);
  }

  private String reason(MessageDecoder decoder, byte[] value) {
    assertThat(decoder.decode(message(value))).isEqualTo(Outcome.REJECT);
    return decoder.reject().getReason().toString();
  }
}
