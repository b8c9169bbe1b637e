package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.clickmill.formats.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhereTest {
  private static final String LINES =
      """
      at,kind,sku,country
      2026-01-01,view,a,DE
      2026-01-02,cart,b,
      nonsense,ping,c,FR
      2026-01-04,view,d,XX
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{from: kind, is: view} | a d",
        "{from: kind, in: [view, cart]} | a b d",
        "{from: kind, not: ping} | a b d",
        "{from: country, not: [XX, FR]} | a b",
        "{from: country, exists: true}, {from: kind, not: ping} | a d",
        "{from: country, exists: false} | b",
        "{from: kind, is: view}, {from: country, is: XX} | d"
      })
  void recordsThatDoNotMeetEveryConditionAreNeitherEventsNorRejects(String where, String expected) {
    var reading = csv(where, LINES);
    assertThat(reading.reasons()).isEmpty();
    assertThat(products(reading.events())).containsExactly(expected.split(" "));
    assertThat(reading.records()).isEqualTo(4);
    assertThat(reading.filtered()).isEqualTo(4 - reading.events().size());
    assertThat(reading.added()).isZero();
  }

  @Test
  void recordThatMeetsTheConditionsMayStillBeARejectAndABrokenLineIsOne() {
    var reading = csv("{from: kind, is: ping}", LINES + "only,three,fields\n");
    assertThat(reading.events()).isEmpty();
    assertThat(reading.reasons())
        .containsExactly(
            "byte 60: field event_time: 'nonsense' is not an ISO 8601 time",
            "byte 100: 3 fields where 4 are named in the header");
    assertThat(reading.filtered()).isEqualTo(3);
  }

  @Test
  void filterOnAnUnknownColumnIsAnErrorThatNamesIt() {
    assertThatThrownBy(() -> csv("{from: knid, is: view}", LINES))
        .hasMessageStartingWith("Missing column knid in ")
        .hasMessageEndingWith(", used by 'where'; there are: at, kind, sku, country");
  }

  @Test
  void unknownKeyOfJsonIsNamedAmongTheAbsentColumnsThoughNoRecordIsAnEvent() {
    var reading =
        Reading.ofText(
            folder,
            "a.jsonl",
            "{\"at\": \"2026-01-01\", \"kind\": \"view\"}\n",
            mapping("{from: knid, is: view}"));
    assertThat(reading.filtered()).isEqualTo(1);
    assertThat(reading.absent())
        .containsExactly(
            new AbsentColumn("where", "knid", false, "at, kind (in its first record)"));
  }

  @Test
  void valuesOfJsonAreComparedAsTheyAreWritten() {
    var text =
        """
        {"at": "2026-01-01", "kind": "view", "sku": 1, "ok": true}
        {"at": "2026-01-01", "kind": "view", "sku": 2.0, "ok": false}
        {"at": "2026-01-01", "kind": "view", "sku": 3, "ok": null}
        {"at": "2026-01-01", "kind": "view", "sku": 4, "ok": {"a": 1}}
        """;
    assertThat(products(json("{from: ok, is: true}", text).events())).containsExactly("1");
    assertThat(products(json("{from: sku, in: [1, 2.0]}", text).events()))
        .containsExactly("1", "2.0");
    assertThat(products(json("{from: ok, exists: true}", text).events()))
        .containsExactly("1", "2.0", "4");
    assertThat(json("{from: ok, is: false}", text).reasons())
        .containsExactly("byte 180: 'where' on ok: an object or array, not a single value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "where: {from: a, is: b} | 'where' must be a list of conditions, such as",
        "where: [] | 'where' must be a list of conditions, such as",
        "where: [{from: a}] | needs 'from' and exactly one of 'is', 'in', 'not' and 'exists'",
        "where: [{from: a, is: b, not: c}] | needs 'from' and exactly one of",
        "where: [{is: b}] | needs 'from' and exactly one of",
        "where: [{from: a, like: b}] | unknown key 'like' in 'where' of mapping my.yaml (known: ex",
        "where: [{from: a, is: [b]}] | 'where' on a: is must be a text",
        "where: [{from: a, in: b}] | 'where' on a: in must be a list of texts",
        "where: [{from: a, is: null}] | 'where' on a: is: null is not a text (exists: false is for",
        "where: [{from: a, exists: maybe}] | 'where' on a: exists: 'maybe' (expected true or false)"
      })
  void malformedConditionIsRefused(String where, String message) {
    assertThatThrownBy(
            () -> Mapping.parse(where + "\nfields: {event_time: at, event_type: kind}", "my.yaml"))
        .hasMessageStartingWith("Invalid mapping my.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void textWithoutAHeaderIsFilteredByColumnNumbers() {
    var fields =
        "\nwhere: [{from: 2, in: [view, cart]}]\nfields: {event_time: 1, event_type: 2,"
            + " product_id: {from: 3, optional: true}}";
    var csv =
        Reading.ofText(
            folder,
            "a.csv",
            "2026-01-01,view,a\n2026-01-01,ping\n2026-01-02,cart\n2026-01-02\n",
            Mapping.parse("format: csv\nheader: false" + fields, "csv"));
    assertThat(WhereTest.products(csv.events())).containsExactly("a", "null");
    assertThat(csv.reasons()).containsExactly("byte 50: no column 2: 1 fields");
    assertThat(csv.filtered()).isEqualTo(1);
    var spaces =
        Reading.ofText(
            folder,
            "a.log",
            "2026-01-01 view  a\n2026-01-01 ping\n2026-01-02 cart\n2026-01-02\n",
            Mapping.parse("format: whitespace" + fields, "spaces"));
    assertThat(WhereTest.products(spaces.events())).containsExactly("a", "null");
    assertThat(spaces.reasons()).containsExactly("byte 51: no column 2: 1 fields");
    assertThat(spaces.filtered()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "format: whitespace\nwhere: [{from: kind, is: x}]\nfields: {event_time: 1,"
                        + " event_type: 2}",
                    "m"))
        .hasMessageContaining("'where': from: 'kind' is no column number");
  }

  @Test
  void schemaThatLacksAColumnOfAConditionIsAnErrorThatNamesIt() throws IOException {
    var schema =
        SchemaBuilder.record("E").fields().requiredString("at").requiredString("kind").endRecord();
    var file = folder.resolve("a.avro");
    try (var out =
        new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema))
            .create(schema, file.toFile())) {
      out.append(
          new GenericRecordBuilder(schema).set("at", "2026-01-01").set("kind", "view").build());
    }
    var mapping =
        Mapping.parse(
            "where: [{from: knid, is: view}]\nfields: {event_time: at, event_type: kind}", "m");
    assertThatThrownBy(() -> Reading.of(file, mapping))
        .hasMessageEndingWith("it has no field knid, used by 'where'; there are: at, kind");
  }

  @Test
  void unquotedValuesAreComparedAsTheyStandInTheMapping() {
    var lines =
        """
        at,kind,sku,country
        2026-01-01,view,a,NO
        2026-01-01,view,b,010
        2026-01-01,view,c,1.10
        2026-01-01,view,d,1_000
        2026-01-01,view,e,on
        2026-01-01,view,f,false
        2026-01-01,view,g,8
        """;
    assertThat(products(csv("{from: country, in: [SE, NO, 010, 1.10, 1_000]}", lines).events()))
        .containsExactly("a", "b", "c", "d");
    assertThat(products(csv("{from: country, is: on}", lines).events())).containsExactly("e");
    assertThat(products(csv("{from: country, not: [NO, false, 010, 8]}", lines).events()))
        .containsExactly("c", "d", "e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "where: [{from: kind, is: view}, {from: knid, is: x}]\nfields: {event_type: kind, ",
        "fields: {event_type: kind, ",
        "where: [{from: 'lines[].knid', is: x}]\nfields: {event_type: kind, "
      })
  void mistypedPathOfAnyConditionIsNamed(String mapping) {
    var events =
        mapping.startsWith("fields")
            ? "}\nevents: [{where: [{from: kind, is: view}]}, {where: [{from: knid, is: x}]}]"
            : "}";
    var reading =
        Reading.ofText(
            folder,
            "a.json",
            """
            {"at": "2026-01-01", "kind": "ping", "lines": []}
            {"at": "2026-01-01", "kind": "view", "lines": [{"sku": 1}]}
            """,
            Mapping.parse("format: json\n" + mapping + "event_time: at" + events, "m"));
    assertThat(reading.absent())
        .extracting(column -> column.field() + " " + column.source())
        .containsExactly(mapping.contains("[].") ? "where lines[].knid" : "where knid");
  }

  @Test
  void conditionThatNoRecordWasAskedForIsNotCalledAbsent() {
    var reading =
        json(
            "{from: kind, is: view}, {from: knid, is: x}",
            "{\"at\": \"2026-01-01\", \"kind\": \"ping\"}\n");
    assertThat(reading.absent()).isEmpty();
    var narrow = csv("{from: kind, is: view}", "at,kind,sku,country\n1,view\n2,view\n");
    assertThat(narrow.rejects()).hasSize(2);
    assertThat(narrow.absent()).isEmpty();
  }

  @Test
  void pathOfAConditionOnExistenceMayBeAbsentFromAFile() {
    var reading =
        json("{from: test, exists: false}", "{\"at\": \"2026-01-01\", \"kind\": \"view\"}\n");
    assertThat(reading.absent())
        .contains(new AbsentColumn("where", "test", true, "at, kind (in its first record)"));
  }

  @Test
  void fingerprintTellsOneValueWithACommaFromTwo() {
    assertThat(mapping("{from: kind, in: [a, b]}").fingerprint())
        .isNotEqualTo(mapping("{from: kind, in: ['a, b']}").fingerprint())
        .isEqualTo(mapping("{from: kind, in: [b, a]}").fingerprint());
  }

  @Test
  void fingerprintCoversTheConditions() {
    assertThat(mapping("{from: kind, is: view}").fingerprint())
        .isNotEqualTo(mapping("{from: kind, not: view}").fingerprint())
        .isNotEqualTo(
            Mapping.parse("fields: {event_time: at, event_type: kind, product_id: sku}", "without")
                .fingerprint());
  }

  static List<String> products(List<Event> events) {
    return events.stream().map(event -> String.valueOf(event.getProductId())).toList();
  }

  private Reading csv(String where, String text) {
    return Reading.ofText(folder, "a.csv", text, mapping(where));
  }

  private Reading json(String where, String text) {
    return Reading.ofText(folder, "a.jsonl", text, mapping(where));
  }

  private static Mapping mapping(String where) {
    return Mapping.parse(
        "where: [" + where + "]\nfields: {event_time: at, event_type: kind, product_id: sku}",
        "my-shop");
  }
}
