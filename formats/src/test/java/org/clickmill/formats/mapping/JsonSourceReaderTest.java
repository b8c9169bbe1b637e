package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSourceReaderTest {
  private static final Mapping NESTED =
      Mapping.parse(
          """
          format: json
          fields:
            event_time: {from: at.millis, format: epoch-millis}
            event_type: kind
            price: cost.amount
            quantity: count
            user_id: {from: user.id, as: integer}
            visitor_id: user.id
            brand: 'dotted\\.name'
          """,
          "nested");

  @TempDir Path folder;

  @Test
  void nestedValuesAreFoundByPath() {
    var reading =
        read(
            """
            {"x": {"y": [1, {"kind": 2}]}, "kind": "vi\\u0065w", "at": {"millis": 1569888000123},\
             "cost": {"amount": 1.50, "currency": "EUR"}, "count": 3, "user": {"id": 17850.0},\
             "dotted.name": "ü\\ud83d\\ude00"}
            """);
    assertThat(reading.reasons()).isEmpty();
    var event = reading.events().get(0);
    assertThat(event.getEventTime()).isEqualTo(Instant.ofEpochMilli(1_569_888_000_123L));
    assertThat((Object) event.getEventType()).hasToString("view");
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(15_000));
    assertThat(event.getQuantity()).isEqualTo(3);
    assertThat((Object) event.getUserId()).hasToString("17850");
    assertThat((Object) event.getVisitorId()).hasToString("17850.0");
    assertThat((Object) event.getBrand()).hasToString("ü😀");
  }

  @Test
  void missingKeysAndNullsAreNoValues() {
    var reading =
        read(
            """
            {"kind": "view", "at": {"millis": "1"}, "user": {"id": "u1"}, "count": 7, "cost": {"amount": 2}}
            {"kind": "view", "at": {"millis": 1}, "user": null, "count": null, "cost": {}}
            """
                .replace("\"u1\"", "\"1\""));
    assertThat(reading.reasons()).isEmpty();
    var event = reading.events().get(1);
    assertThat((Object) event.getUserId()).isNull();
    assertThat(event.getPrice()).isNull();
    assertThat(event.getQuantity()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"kind\": \"view\" ~ not valid JSON: it ends too early",
        "nonsense ~ not valid JSON near 'nonsense'",
        "[1, 2] ~ not a JSON object",
        "\"text\" ~ not a JSON object",
        "{\"kind\": \"view\", \"at\": {\"millis\": 1}} x ~ not valid JSON near 'illis\": 1}} x'",
        "{\"kind\": \"vié\"w ÖÖÖÖÖÖÖÖ ~ not valid JSON near 'ind\": \"vié\"w ÖÖÖÖÖ'",
        "{\"kind\": \"view\", \"at\": {\"millis\": 1}} {} ~ text after the JSON object",
        "{\"kind\": \"view\", \"kind\": \"cart\", \"at\": {\"millis\": 1}} ~ 'kind' occurs twice",
        "{\"kind\": {\"a\": 1}, \"at\": {\"millis\": 1}} ~ field event_type: an object or array",
        "{\"kind\": \"view\", \"at\": 5} ~ 'at' is not an object",
        "{\"at\": {\"millis\": 1}} ~ field event_type: no value",
        "{\"kind\": \"view\"} ~ field event_time: no value",
        "{\"kind\": \"view\", \"at\": {\"millis\": true}} ~ 'true' is not a number of epoch milli",
        "{\"kind\": \"view\", \"at\": {\"millis\": 1e99}} ~ '1e99' is not a number of epoch milli",
        "{\"kind\": \"view\", \"at\": {\"millis\": 999999999999999999}} ~ is out of range",
        "{\"kind\": \"a\\u0000\", \"at\": {\"millis\": 1}} ~ a NUL character",
        "{\"kind\": \"a\\ud800\", \"at\": {\"millis\": 1}} ~ half of a surrogate pair",
        "{\"kind\": \"a\", \"at\": {\"millis\": 1}, \"cost\": {\"amount\": \"x\"}} ~ 'x' is not a n",
        "{\"kind\": \"a\", \"at\": {\"millis\": 1}, \"cost\": {\"amount\": 1.00001}} ~ more than 4 d",
        "{\"kind\": \"a\", \"at\": {\"millis\": 1}, \"count\": 1.5} ~ '1.5' is not a whole number"
      })
  void badLineIsRejectedWithItsReason(String line, String reason) {
    var good = "{\"kind\": \"view\", \"at\": {\"millis\": 1}}";
    var reading = read(good + "\n" + line + "\n" + good + "\n");
    assertThat(reading.events()).hasSize(2);
    assertThat(reading.reasons()).hasSize(1);
    assertThat(reading.reasons().get(0)).startsWith("byte 38: ").contains(reason);
  }

  @Test
  void deepNestingIsRejected() {
    var deep = "{\"x\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(read(deep + "\n").reasons().get(0))
        .endsWith("JSON nested too deeply, or with a name or number that is too long");
  }

  @Test
  void eventsOfTheSuiteAreReadWithoutSayingMore() {
    var reading =
        Reading.ofText(
            folder,
            "events.jsonl",
            """
            {"event_time": 1569888000123, "event_type": "view"}
            {"event_time": "2019-10-01T00:00:00.123Z", "event_type": "view", "quantity": 2}
            """,
            Mapping.named("clickmill"));
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events())
        .extracting(event -> event.getEventTime())
        .containsOnly(Instant.parse("2019-10-01T00:00:00.123Z"));
  }

  @Test
  void pathThatIsValueAndObjectIsRefused() {
    var mapping =
        Mapping.parse("format: json\nfields: {event_time: a, event_type: a.b}", "my.yaml");
    assertThatThrownBy(() -> Reading.ofText(folder, "a.json", "{}", mapping))
        .hasMessage("Invalid mapping my.yaml: 'a' is mapped as a value and as an object");
  }

  private Reading read(String text) {
    return Reading.ofText(folder, "events.json", text, NESTED);
  }
}
