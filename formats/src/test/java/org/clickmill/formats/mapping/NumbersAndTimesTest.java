package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers as countries write them, and times in other units and several columns. */
class NumbersAndTimesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decimal: ','                                         | 19,99         | 19.9900",
        "decimal: ','                                         | -1,5          | -1.5000",
        "decimal: ',', thousands: '.'                         | 1.234.567,89  | 1234567.8900",
        "decimal: ',', thousands: '.'                         | 1234,5        | 1234.5000",
        "thousands: ','                                       | 12,345.5      | 12345.5000",
        "thousands: ' '                                       | 12\u00a0345.5 | 12345.5000",
        "thousands: ' '                                       | 12\u202f345   | 12345.0000",
        "thousands: \"'\"                                     | 12'345.50     | 12345.5000",
        "currency-sign: true                                  | $5.00         | 5.0000",
        "currency-sign: true                                  | -$5.00        | -5.0000",
        "currency-sign: true                                  | $ -5.00       | -5.0000",
        "currency-sign: true                                  | US$ 5         | 5.0000",
        "currency-sign: true                                  | 5 EUR         | 5.0000",
        "currency-sign: true                                  | 5             | 5.0000",
        "decimal: ',', thousands: '.', currency-sign: true    | 1.234,50\u00a0€ | 1234.5000",
        "unit: cents                                          | 1999          | 19.9900",
        "unit: cents                                          | -5            | -0.0500",
        "unit: cents, thousands: ','                          | 1,999.00      | 19.9900",
      })
  void numberIsAccepted(String options, String text, String price) {
    var reading = price(options, text);
    assertThat(reading.reasons()).isEmpty();
    assertThat(Money.decimal(Money.fromAvro(reading.events().get(0).getPrice())))
        .hasToString(price);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decimal: ','                 | 19.99    | '19.99' is not a number with decimal ','",
        "decimal: ','                 | 19,      | '19,' is not a number with decimal ','",
        "decimal: ','                 | 1,2,3    | '1,2,3' is not a number with decimal ','",
        "decimal: ',', thousands: '.' | 1.23     | '1.23' is not a number with decimal ',' and groups of three parted by '.'",
        "decimal: ',', thousands: '.' | 1234.567 | '1234.567' is not a number with decimal ','",
        "decimal: ',', thousands: '.' | .567     | '.567' is not a number with decimal ','",
        "decimal: ','                 | 5 €      | '5 €' is not a number with decimal ','",
        "currency-sign: true          | $5 EUR   | '$5 EUR' is not a number with decimal '.'",
        "currency-sign: true          | 5 XYZ    | '5 XYZ' is not a number with decimal '.'",
        "currency-sign: true          | -$-5     | '-$-5' is not a number with decimal '.'",
        "currency-sign: true          | $        | '$' is not a number with decimal '.'",
        "round: half-even             | $5       | '$5' is not a number",
        "unit: cents                  | 19.5     | '19.5' is not a whole number of cents",
        "unit: cents                  | 0.00001  | '0.00001' is not a whole number of cents",
        "unit: cents                  | abc      | 'abc' is not a number",
      })
  void numberIsRejected(String options, String text, String reason) {
    assertThat(price(options, text).reasons().get(0)).contains("field price: " + reason);
  }

  @Test
  void quantitiesHaveThousandsToo() {
    var mapping =
        Mapping.parse(
            "delimiter: ;\nfields: {event_time: t, event_type: e, quantity: {from: q, thousands:"
                + " '.', decimal: ','}}",
            "x");
    var reading =
        Reading.ofText(
            folder,
            "a.csv",
            "t;e;q\n2019-10-01;view;1.200\n2019-10-01;view;3,0\n2019-10-01;view;3,5\n",
            mapping);
    assertThat(reading.events()).extracting(Event::getQuantity).containsExactly(1200, 3);
    assertThat(reading.reasons().get(0)).contains("is not a whole number");
  }

  @Test
  void numbersOfJsonHaveAPointWhateverItsTextsHave() {
    var mapping =
        Mapping.parse(
            "fields: {event_time: t, event_type: e, price: {from: p, decimal: ',', thousands: '.'}}",
            "x");
    var reading =
        Reading.ofText(
            folder,
            "a.json",
            "{\"t\":\"2019-10-01\",\"e\":\"view\",\"p\":1.234}\n"
                + "{\"t\":\"2019-10-01\",\"e\":\"vi\\u0065w\",\"p\":1.234}\n"
                + "{\"t\":\"2019-10-01\",\"e\":\"view\",\"p\":\"1.234\"}\n",
            mapping);
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events().stream().map(event -> Money.fromAvro(event.getPrice())).toList())
        .isEqualTo(List.of(12_340L, 12_340L, 12_340_000L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "price: {from: p, decimal: ';'} | field price: decimal: ';' (expected one of \".\", \",\")",
        "price: {from: p, decimal: ',', thousands: ','} | decimal and thousands are both ','",
        "price: {from: p, unit: dollars} | field price: unit: 'dollars' (expected cents)",
        "brand: {from: p, decimal: ','} | field brand cannot have 'decimal'",
        "quantity: {from: p, unit: cents} | field quantity cannot have 'unit'",
        "price: {constant: 1, decimal: ','} | field price: a constant is a plain number",
        "brand: {from: [a, b]} | field brand: 'from' is one column, or of a time two",
        "brand: {from: a, zone-from: b} | field brand cannot have 'zone-from'"
      })
  void wrongOptionIsNamed(String field, String message) {
    assertThatThrownBy(
            () -> Mapping.parse("fields: {event_time: t, event_type: e, " + field + "}", "x"))
        .hasMessageContaining(message.replace("`", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "epoch-micros, 1569888000123456, 2019-10-01T00:00:00.123Z",
    "epoch-micros, 1569888000123999.9, 2019-10-01T00:00:00.123Z",
    "epoch-micros, -1, 1969-12-31T23:59:59.999Z",
    "epoch-micros, -1000, 1969-12-31T23:59:59.999Z",
    "epoch-micros, 0, 1970-01-01T00:00:00Z",
    "epoch-micros, 253402300799999999, 9999-12-31T23:59:59.999Z",
    "epoch-nanos, 1569888000123456789, 2019-10-01T00:00:00.123Z",
    "epoch-nanos, -1, 1969-12-31T23:59:59.999Z",
    "epoch-nanos, 1999999, 1970-01-01T00:00:00.001Z",
  })
  void microsAndNanosAreCutToMillis(String format, String text, String time) {
    var mapping =
        Mapping.parse(
            "fields: {event_time: {from: t, format: " + format + "}, event_type: e}", "x");
    var csv = Reading.ofText(folder, "a.csv", "t,e\n" + text + ",view\n", mapping);
    assertThat(csv.reasons()).isEmpty();
    assertThat(csv.events().get(0).getEventTime()).hasToString(time);
    var json = "{\"t\":" + text + ",\"e\":\"view\"}\n";
    assertThat(Reading.ofText(folder, "a.json", json, mapping).events().get(0).getEventTime())
        .hasToString(time);
  }

  @Test
  void microsThatAreNoneAreRejected() {
    var mapping =
        Mapping.parse("fields: {event_time: {from: t, format: epoch-micros}, event_type: e}", "x");
    var reading =
        Reading.ofText(
            folder, "a.csv", "t,e\nabc,view\n9999999999999999999999,view\n-,view\n", mapping);
    assertThat(reading.events()).isEmpty();
    assertThat(reading.reasons()).hasSize(3).allMatch(r -> r.contains("a number of epoch micro"));
  }

  @Test
  void dateAndTimeOfTwoColumnsAreJoined() {
    var mapping =
        Mapping.parse(
            "delimiter: ;\nfields: {event_time: {from: [d, c], format: dd.MM.yyyy HH:mm, zone:"
                + " Europe/Berlin, zone-from: z}, event_type: e}",
            "x");
    var reading =
        Reading.ofText(
            folder,
            "a.csv",
            "c;e;d;z\n"
                + "02:00;view;01.07.2019;\n"
                + "02:00;view;01.07.2019;America/New_York\n"
                + " 02:00 ;view;01.07.2019; +05:30\n"
                + "02:00;view;01.07.2019;Mars\n"
                + ";view;01.07.2019;\n"
                + "02:00;view;;\n"
                + "25:00;view;01.07.2019;\n",
            mapping);
    assertThat(reading.events())
        .extracting(event -> event.getEventTime().toString())
        .containsExactly("2019-07-01T00:00:00Z", "2019-07-01T06:00:00Z", "2019-06-30T20:30:00Z");
    assertThat(reading.reasons().stream().map(r -> r.replaceFirst("byte \\d+: ", "")).toList())
        .containsExactly(
            "field event_time: unknown zone 'Mars'",
            "field event_time: no value",
            "field event_time: no value",
            "field event_time: '01.07.2019 25:00' is not a time of the form dd.MM.yyyy HH:mm");
  }

  @Test
  void partsOfTimesAreFoundInJsonAndWithoutAHeader() {
    var numbered =
        Mapping.parse(
            "header: false\nfields: {event_time: {from: [1, 3], format: yyyyMMdd HHmm},"
                + " event_type: '2'}",
            "x");
    var csv = Reading.ofText(folder, "a.csv", "20190701,view,0130\n", numbered);
    assertThat(csv.events().get(0).getEventTime()).hasToString("2019-07-01T01:30:00Z");
    var paths =
        Mapping.parse(
            "fields: {event_time: {from: at.local, zone-from: at.zone}, event_type: e}", "x");
    var json =
        Reading.ofText(
            folder,
            "a.json",
            "{\"e\":\"view\",\"at\":{\"zone\":\"Asia/Tokyo\",\"local\":\"2019-07-01T09:00\"}}\n"
                + "{\"e\":\"view\",\"at\":{\"local\":\"2019-07-01T09:00\"}}\n",
            paths);
    assertThat(json.events())
        .extracting(event -> event.getEventTime().toString())
        .containsExactly("2019-07-01T00:00:00Z", "2019-07-01T09:00:00Z");
  }

  @Test
  void twoColumnsForOneTimeNeedAFormat() {
    assertThatThrownBy(
            () -> Mapping.parse("fields: {event_time: {from: [d, t]}, event_type: e}", "x"))
        .hasMessageContaining("field event_time: two columns for one time without a format");
    assertThatThrownBy(
            () ->
                Mapping.parse(
                    "fields: {event_time: {from: [a, b, c], format: iso}, event_type: e}", "x"))
        .hasMessageContaining("'from' is one column, or of a time two: [date, time]");
  }

  private Reading price(String options, String text) {
    var mapping =
        Mapping.parse(
            "delimiter: ;\nfields: {event_time: t, event_type: e, price: {from: p, "
                + options
                + "}}",
            "x");
    return Reading.ofText(folder, "a.csv", "t;e;p\n2019-10-01;view;" + text + "\n", mapping);
  }
}
