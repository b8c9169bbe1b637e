package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {
  private static final String SMALLEST =
      """
      fields:
        event_time: at
        event_type: kind
      """;

  @TempDir Path folder;

  @Test
  void everyShippedMappingLoadsUnderItsName() {
    for (var name : Mapping.SHIPPED) {
      assertThat(Mapping.load(name, new Configuration()).name()).isEqualTo(name);
    }
  }

  @Test
  void mappingIsReadFromALocalFile() throws IOException {
    var file = Files.writeString(folder.resolve("shop.yaml"), "name: shop\n" + SMALLEST);
    assertThat(Mapping.load(file.toString(), new Configuration()).name()).isEqualTo("shop");
    assertThat(Mapping.load(file.toUri().toString(), new Configuration()).name()).isEqualTo("shop");
  }

  @Test
  void mappingTravelsAsItsText() {
    var mapping = Mapping.parse(SMALLEST, "a.yaml");
    var copy = Mapping.parse(mapping.yaml(), "b.yaml");
    assertThat(copy.fingerprint()).isEqualTo(mapping.fingerprint());
    assertThat(mapping.name()).isEqualTo("a.yaml");
  }

  @Test
  void missingMappingNamesThoseThatShip() {
    assertUsage(
        () -> Mapping.load("nowhere.yaml", new Configuration()),
        "Missing mapping: nowhere.yaml (neither a file nor one of clickmill, rees46,");
    assertUsage(() -> Mapping.named("rees64"), "Missing mapping: rees64 (not one of");
  }

  @Test
  void fileThatIsNoTextIsRefused() throws IOException {
    var file = Files.write(folder.resolve("bad.yaml"), new byte[] {'n', (byte) 0xff, 'x'});
    assertUsage(() -> Mapping.load(file.toString(), new Configuration()), "it is not UTF-8 text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- a\n- b",
        "name: [",
        "name: x",
        "fields: []",
        "fields: {event_time: a}",
        "fields: {event_time: a, event_type: b, event_time: c}",
        "fields: {event_time: a, event_type: b}\n---\nname: second",
        "fields: {event_time: a, event_type: &x [*x]}",
        "fields: {event_time: a, event_type: [b]}",
        "fields: {event_time: a, event_type: ~}",
        "fields: {event_time: a, event_type: ''}"
      })
  void yamlThatIsNoMappingIsRefused(String yaml) {
    assertUsage(() -> Mapping.parse(yaml, "my.yaml"), "Invalid mapping my.yaml: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nam: x | unknown key 'nam' in mapping my.yaml (known: columns, delimiter, description,",
        "format: xml | Invalid format in mapping my.yaml: 'xml' (expected one of csv, whitespace,",
        "delimiter: ';;' | delimiter ';;' (expected one ASCII character, or tab)",
        "delimiter: '\"' | delimiter '\"' (expected one ASCII character, or tab)",
        "header: maybe | header: 'maybe' (expected true or false)",
        "encoding: latin-99 | unknown encoding 'latin-99' (such as utf-8, latin1, iso-8859-15,",
        "multiline: 1 | multiline: '1' (expected true or false)",
        "columns: 3 | columns is for text without a header only",
        "name: [] | 'name' is not a text"
      })
  void wrongTopLevelKeyIsNamed(String line, String message) {
    assertUsage(() -> Mapping.parse(line + "\n" + SMALLEST, "my.yaml"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prize: a | unknown field 'prize' (known: event_time, event_type, product_id,",
        "source_name: a | unknown field 'source_name'",
        "price: {form: a} | unknown key 'form' in field price of mapping my.yaml (known: as,",
        "price: {round: half-even} | field price needs exactly one of 'from', 'message' and 'constant'",
        "price: {from: a, constant: 1} | field price needs exactly one of 'from', 'message' and 'constant'",
        "price: {from: a, round: up} | field price: round: 'up' (expected half-even)",
        "price: {constant: abc} | field price: 'abc' is not a number",
        "price: {from: a, as: integer} | field price cannot have 'as'",
        "user_id: {from: a, as: number} | field user_id: as: 'number' (expected integer)",
        "user_id: {from: a, format: iso} | field user_id cannot have 'format'",
        "brand: {from: a, zone: UTC} | field brand cannot have 'zone'",
        "brand: {from: a, round: half-even} | field brand cannot have 'round'",
        "brand: {from: a, values: [x]} | field brand: values must be a map from text to text",
        "brand: {from: a, values: {x: [y]}} | field brand: values: 'x' is not mapped to a text",
        "brand: {from: a, optional: yes please} | optional: 'yes please' (expected true or false)",
        "quantity: {constant: 1.5} | field quantity: '1.5' is not a whole number"
      })
  void wrongFieldIsNamed(String line, String message) {
    assertUsage(() -> Mapping.parse(SMALLEST + "  " + line, "my.yaml"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "format: yyyy-bb-dd | Invalid time format in mapping my.yaml: 'yyyy-bb-dd' (expected iso,",
        "zone: Mars/Olympus | field event_time: unknown zone 'Mars/Olympus'",
      })
  void wrongTimeIsNamed(String option, String message) {
    assertUsage(
        () ->
            Mapping.parse(
                "fields: {event_time: {from: a, " + option + "}, event_type: b}", "my.yaml"),
        message);
  }

  @Test
  void columnsWithoutHeaderMustBeNumbers() {
    assertUsage(
        () -> Mapping.parse("format: whitespace\n" + SMALLEST, "my.yaml"),
        "field event_time: from: 'at' is no column number");
    assertUsage(
        () -> Mapping.parse("format: whitespace\nheader: true\n" + SMALLEST, "my.yaml"),
        "format whitespace has neither header nor delimiter");
  }

  @Test
  void multilineAndEncodingAreForTextOnly() {
    assertUsage(
        () -> Mapping.parse("format: json\nmultiline: true\n" + SMALLEST, "my.yaml"),
        "multiline is for format csv only");
    assertUsage(
        () -> Mapping.parse("format: avro\nencoding: latin1\n" + SMALLEST, "my.yaml"),
        "encoding is for text only");
  }

  @Test
  void fingerprintChangesWithWhatChangesResultsOnly() {
    var base = "fields: {event_time: a, event_type: b, price: c}";
    var fingerprint = Mapping.parse(base, "x").fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{32}");
    assertThat(
            Mapping.parse(
                    "# comment\nname: other\ndescription: d\n"
                        + "fields: {price: {from: c}, event_type: b, event_time: a}",
                    "y")
                .fingerprint())
        .isEqualTo(fingerprint);
    for (var other :
        new String[] {
          "delimiter: ';'\n" + base,
          "format: csv\n" + base,
          "encoding: latin1\n" + base,
          "multiline: true\n" + base,
          "fields: {event_time: a, event_type: b, price: d}",
          "fields: {event_time: a, event_type: b, price: {constant: 1}}",
          "fields: {event_time: a, event_type: b, price: {from: c, round: half-even}}",
          "fields: {event_time: a, event_type: {from: b, values: {x: y}}, price: c}",
          "fields: {event_time: {from: a, zone: Europe/Berlin}, event_type: b, price: c}",
          "fields: {event_time: {from: a, format: epoch-millis}, event_type: b, price: c}",
          "fields: {event_time: a, event_type: b, price: {from: c, optional: true}}"
        }) {
      assertThat(Mapping.parse(other, "x").fingerprint()).as(other).isNotEqualTo(fingerprint);
    }
  }

  private static void assertUsage(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageContaining(message);
  }
}
