package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.clickmill.formats.mapping.MessageDecoder.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDecoderTest {
  private static final Mapping PLAIN = Mapping.named("clickmill");
  private static final String VIEW = "{\"event_time\": 1569888000123, \"event_type\": \"view\"}";

  @TempDir Path folder;

  private final Message message = new Message();

  @Test
  void objectBecomesAnEventThatSaysWhereItComesFrom() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    var value =
        "{\"event_time\": \"2019-10-01T00:00:00.123Z\", \"event_type\": \"cart\", \"price\": 1.5,"
            + " \"product_id\": \"é\", \"unknown\": [1, {}]}";
    assertThat(decoder.decode(next(17).value(value.getBytes(UTF_8)))).isEqualTo(Outcome.EVENT);
    var event = decoder.event();
    assertThat(event.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_569_888_000_123L));
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(15_000));
    assertThat((Object) event.getProductId()).hasToString("é");
    assertThat((Object) event.getSourceName()).hasToString("shop");
    assertThat(event.getSourcePartition()).isEqualTo(3);
    assertThat(event.getSourceOffset()).isEqualTo(17L);
    assertThat(decoder.reject()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", " \t%s", "%s\n", "\r\n\n%s\r\n\r\n", "\uFEFF%s"})
  void whiteSpaceAroundTheObjectDoesNotMatter(String form) {
    var decoder = MessageDecoder.ofJson(PLAIN);
    var value = form.replace("%s", VIEW.replace(",", ",\n")).getBytes(UTF_8);
    assertThat(decoder.decode(next(0).value(value))).isEqualTo(Outcome.EVENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "`` ~ an empty value",
        "`  ` ~ not a JSON object",
        "nonsense ~ not valid JSON near 'nonsense'",
        "[1] ~ not a JSON object",
        "null ~ not a JSON object",
        "{\"event_time\": 1} {} ~ text after the JSON object",
        "{\"event_time\": 1} ~ field event_type: no value",
        "{\"event_time\": true, \"event_type\": \"view\"} ~ field event_time: 'true' is not",
        "{\"event_time\": 1, \"event_type\": \"view\", \"price\": \"x\"} ~ field price: 'x' is not",
      })
  void whatIsNoEventIsARejectWithItsBytesAndPlace(String value, String reason) {
    var decoder = MessageDecoder.ofJson(PLAIN);
    assertThat(decoder.decode(next(5).value(value.getBytes(UTF_8)))).isEqualTo(Outcome.REJECT);
    var reject = decoder.reject();
    assertThat(decoder.event()).isNull();
    assertThat(reject.getReason().toString()).startsWith(reason);
    assertThat((Object) reject.getSourceName()).hasToString("shop");
    assertThat(reject.getSourcePartition()).isEqualTo(3);
    assertThat(reject.getSourceOffset()).isEqualTo(5L);
    assertThat(reject.getRaw()).isEqualTo(ByteBuffer.wrap(value.getBytes(UTF_8)));
  }

  @Test
  void bytesThatAreNoTextAreRejects() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    assertThat(reason(decoder, new byte[] {'{', 0, '}'})).isEqualTo("a NUL byte");
    assertThat(reason(decoder, new byte[] {'{', (byte) 0xff, '}'})).isEqualTo("not valid UTF-8");
    assertThat(reason(decoder, ("{\"x\":".repeat(100_000)).getBytes(UTF_8)))
        .startsWith("JSON nested too deeply");
  }

  @Test
  void messageWithoutValueIsATombstoneAndAnEmptyOneIsNot() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    assertThat(decoder.decode(next(0))).isEqualTo(Outcome.TOMBSTONE);
    assertThat(decoder.event()).isNull();
    assertThat(decoder.reject()).isNull();
    assertThat(decoder.decode(next(1).value(new byte[0]))).isEqualTo(Outcome.REJECT);
    assertThat(decoder.decode(next(2).value((byte[]) null))).isEqualTo(Outcome.TOMBSTONE);
  }

  @Test
  void valueMayLieInTheMiddleOfAnArrayOrOutsideOfAny() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    byte[] bytes = ("xx" + VIEW + "yy").getBytes(UTF_8);
    var middle = ByteBuffer.wrap(bytes, 2, VIEW.length());
    var direct = ByteBuffer.allocateDirect(VIEW.length()).put(VIEW.getBytes(UTF_8)).flip();
    assertThat(decoder.decode(next(0).value(middle))).isEqualTo(Outcome.EVENT);
    assertThat(decoder.decode(next(1).value(middle.slice()))).isEqualTo(Outcome.EVENT);
    assertThat(decoder.decode(next(2).value(direct))).isEqualTo(Outcome.EVENT);
    var bad = ByteBuffer.wrap(bytes, 0, 2).slice();
    assertThat(decoder.decode(next(3).value(bad))).isEqualTo(Outcome.REJECT);
    assertThat(decoder.reject().getRaw()).isEqualTo(ByteBuffer.wrap("xx".getBytes(UTF_8)));
  }

  @Test
  void oneDecoderReadsSeveralTopics() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    for (var topic : new String[] {"a", "b", "a"}) {
      decoder.decode(message.reset(topic, 0, 0, 0).value(VIEW.getBytes(UTF_8)));
      assertThat((Object) decoder.event().getSourceName()).hasToString(topic);
    }
  }

  @Test
  void keyTimestampAndHeadersFeedFields() {
    var decoder = MessageDecoder.ofJson(withParts());
    next(0)
        .key("v1".getBytes(UTF_8))
        .header("kind", "page".getBytes(UTF_8))
        .header("price", "9.99999".getBytes(UTF_8))
        .header("kind", "view".getBytes(UTF_8))
        .value("{\"message\": {\"key\": \"p1\"}}".getBytes(UTF_8));
    assertThat(decoder.decode(message)).isEqualTo(Outcome.EVENT);
    var event = decoder.event();
    assertThat(event.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_569_888_000_999L));
    assertThat((Object) event.getEventType()).hasToString("view");
    assertThat((Object) event.getVisitorId()).hasToString("v1");
    assertThat((Object) event.getProductId()).hasToString("p1");
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(100_000));
    assertThat(decoder.rounded()).isEqualTo(1);
  }

  @Test
  void partsThatAreMissingAreNoValues() {
    var decoder = MessageDecoder.ofJson(withParts());
    next(0).header("kind", "view".getBytes(UTF_8)).value("{}".getBytes(UTF_8));
    assertThat(decoder.decode(message)).isEqualTo(Outcome.EVENT);
    assertThat((Object) decoder.event().getVisitorId()).isNull();
    assertThat(decoder.event().getPrice()).isNull();
    assertThat(reason(decoder, "{}".getBytes(UTF_8))).isEqualTo("field event_type: no value");
    message.reset("shop", 3, 0, -1).header("kind", "view".getBytes(UTF_8));
    assertThat(decoder.decode(message.value("{}".getBytes(UTF_8)))).isEqualTo(Outcome.REJECT);
    assertThat((Object) decoder.reject().getReason()).hasToString("field event_time: no value");
  }

  @Test
  void keyThatIsNoTextMakesAReject() {
    var decoder = MessageDecoder.ofJson(withParts());
    next(0).header("kind", "view".getBytes(UTF_8)).key(new byte[] {(byte) 0x80});
    assertThat(decoder.decode(message.value("{}".getBytes(UTF_8)))).isEqualTo(Outcome.REJECT);
    assertThat((Object) decoder.reject().getReason())
        .hasToString("field visitor_id: not valid UTF-8");
  }

  @Test
  void filesHaveNoMessages() {
    assertThatThrownBy(() -> Reading.ofText(folder, "a.json", "{}", withParts()))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessage(
            "Cannot read files with mapping parts.yaml: field event_time is the message's"
                + " timestamp, and files have no messages");
    var optional =
        Mapping.parse(
            "fields: {event_time: t, event_type: e, brand: {message: key, optional: true}}", "x");
    var reading = Reading.ofText(folder, "b.json", "{\"t\": 1, \"e\": \"view\"}", optional);
    assertThat(reading.events()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{message: value} | field brand: message: 'value' (expected key, timestamp or"
            + " header.<name>)",
        "{message: header.} | field brand: message: 'header.' (expected key, timestamp or"
            + " header.<name>)",
        "{message: key, from: x} | field brand needs exactly one of 'from', 'message' and"
            + " 'constant'"
      })
  void partThatMessagesDoNotHaveIsRefused(String field, String problem) {
    assertThatThrownBy(
            () ->
                Mapping.parse("fields: {event_time: t, event_type: e, brand: " + field + "}", "x"))
        .hasMessage("Invalid mapping x: " + problem);
  }

  @Test
  void partsChangeTheFingerprintAndNothingElseDoes() {
    var key = "fields: {event_time: t, event_type: e, brand: {message: key}}";
    var header = "fields: {event_time: t, event_type: e, brand: {message: header.key}}";
    assertThat(Mapping.parse(key, "x").fingerprint())
        .isNotEqualTo(Mapping.parse(header, "x").fingerprint());
  }

  @Test
  void mappingForAnotherFormatIsRefused() {
    var mapping = Mapping.parse("format: csv\nfields: {event_time: t, event_type: e}", "my.yaml");
    assertThatThrownBy(() -> MessageDecoder.ofJson(mapping))
        .hasMessage(
            "Cannot read messages of format json with mapping my.yaml: it is for format csv");
    assertThat(Mapping.load("rees46", new Configuration(false))).isNotNull();
    assertThat(MessageDecoder.ofJson(Mapping.named("rees46"))).isNotNull();
  }

  @Test
  void rejectsForTheCallersReasonsHaveTheMessageToo() {
    var decoder = MessageDecoder.ofJson(PLAIN);
    decoder.decode(next(9).value(VIEW.getBytes(UTF_8)));
    var reject = decoder.rejectFor("older than 30 days");
    assertThat((Object) reject.getReason()).hasToString("older than 30 days");
    assertThat(reject.getSourceOffset()).isEqualTo(9L);
    assertThat(Event.newBuilder(decoder.event()).build().getSourceOffset()).isEqualTo(9L);
  }

  private Message next(long offset) {
    return message.reset("shop", 3, offset, 1_569_888_000_999L);
  }

  private String reason(MessageDecoder decoder, byte[] value) {
    assertThat(decoder.decode(next(0).value(value))).isEqualTo(Outcome.REJECT);
    return decoder.reject().getReason().toString();
  }

  private static Mapping withParts() {
    return Mapping.parse(
        """
        fields:
          event_time: {message: timestamp}
          event_type: {message: header.kind}
          visitor_id: {message: key}
          product_id: message.key
          price: {message: header.price, round: half-even}
        """,
        "parts.yaml");
  }
}
