package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSourceReaderTest {
  private static final String HEADER =
      "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session";

  private static final String GOOD =
      "2019-10-01 00:00:07 UTC,view,5802432,1487580009286598681,appliances.iron,runail,0.56,"
          + "562076640,09fafd6c-6c99-46b1-834f-33527f4de241";

  @TempDir Path folder;

  @Test
  void lineOfRees46BecomesAnEvent() {
    var event = onlyEvent(rees46(HEADER + "\n" + GOOD + "\n"));
    assertThat(event.getEventTime()).isEqualTo(Instant.parse("2019-10-01T00:00:07Z"));
    assertThat(text(event.getEventType())).isEqualTo("view");
    assertThat(text(event.getProductId())).isEqualTo("5802432");
    assertThat(text(event.getCategoryId())).isEqualTo("1487580009286598681");
    assertThat(text(event.getCategoryCode())).isEqualTo("appliances.iron");
    assertThat(text(event.getBrand())).isEqualTo("runail");
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(5_600));
    assertThat(event.getQuantity()).isEqualTo(1);
    assertThat(text(event.getUserId())).isEqualTo("562076640");
    assertThat(text(event.getUserSession())).isEqualTo("09fafd6c-6c99-46b1-834f-33527f4de241");
    assertThat((Object) event.getVisitorId()).isNull();
    assertThat((Object) event.getOrderId()).isNull();
    assertThat((Object) event.getEventId()).isNull();
    assertThat(text(event.getSourceName())).isEqualTo("shop/events.csv");
    assertThat(event.getSourcePartition()).isNull();
    assertThat(event.getSourceOffset()).isEqualTo(HEADER.length() + 1);
  }

  @Test
  void emptyTextsAreNull() {
    var event = onlyEvent(rees46(HEADER + "\n2019-10-01 00:00:07 UTC,view,1,,,\"\",,,\n"));
    assertThat((Object) event.getCategoryId()).isNull();
    assertThat((Object) event.getBrand()).isNull();
    assertThat(event.getPrice()).isNull();
    assertThat((Object) event.getUserSession()).isNull();
  }

  @Test
  void optionalColumnThatTheHeaderLacksIsAbsent() throws IOException {
    assertThat(absent("fields: {event_time: t, event_type: e, brand: {from: b, optional: true}}"))
        .containsExactly(new AbsentColumn("brand", "b", true, "t, e"));
    assertThat(
            absent(
                "header: false\nfields: {event_time: '1', event_type: '2', brand: {from: '4',"
                    + " optional: true}}"))
        .containsExactly(new AbsentColumn("brand", "4", true, "1 to 2"));
  }

  private List<AbsentColumn> absent(String mapping) throws IOException {
    var text = "t,e\n2019-10-01,view\n";
    var file = Reading.write(folder, "events.csv", text.getBytes(StandardCharsets.UTF_8));
    try (var reader =
        Reading.open(file, Mapping.parse(mapping, "my.yaml"), new Configuration(false))) {
      while (reader.next()) {
        // All records.
      }
      return reader.absentColumns();
    }
  }

  @Test
  void columnsAreFoundByNameWhereverTheyStand() {
    var reading =
        rees46(
            "x,brand,user_session,user_id,price,category_code,category_id,product_id,event_type,"
                + "event_time\n"
                + "?,b,s,u,1,cc,ci,p,cart,2019-10-01 00:00:07 UTC\n");
    var event = onlyEvent(reading);
    assertThat(text(event.getBrand())).isEqualTo("b");
    assertThat(text(event.getEventType())).isEqualTo("cart");
  }

  @Test
  void byteOrderMarkLineEndsAndEmptyLinesDoNotMatter() {
    var reading = rees46("\uFEFF" + HEADER + "\r\n\r\n" + GOOD + "\r\n\n" + GOOD + "\r\n" + GOOD);
    assertThat(reading.reasons()).isEmpty();
    long first = 3L + HEADER.length() + 4;
    long second = first + GOOD.length() + 3;
    assertThat(reading.events())
        .extracting(Event::getSourceOffset)
        .containsExactly(first, second, second + GOOD.length() + 2);
    assertThat(text(reading.events().get(0).getUserSession())).hasSize(36);
  }

  @Test
  void emptyFileHasNoRecords() {
    assertThat(rees46("").events()).isEmpty();
    assertThat(rees46(HEADER).events()).isEmpty();
  }

  @Test
  void quotedFieldsAreUnquoted() {
    var event =
        onlyEvent(
            rees46(
                "\"event_time\","
                    + HEADER.substring(HEADER.indexOf(',') + 1)
                    + "\n\"2019-10-01 00:00:07 UTC\",view,\"a,b\",\"\"\"\",\"say \"\"x\"\", y\",ü€😀,"
                    + "\"1.5\",u,\"\"\n"));
    assertThat(text(event.getProductId())).isEqualTo("a,b");
    assertThat(text(event.getCategoryId())).isEqualTo("\"");
    assertThat(text(event.getCategoryCode())).isEqualTo("say \"x\", y");
    assertThat(text(event.getBrand())).isEqualTo("ü€😀");
    assertThat(event.getPrice()).isEqualTo(Money.toAvro(15_000));
    assertThat((Object) event.getUserSession()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "2019-10-01 00:00:07 UTC,view,1,2,c,b,1,u ~ 8 fields where 9 are named in the header",
        "2019-10-01 00:00:07 UTC,view,1,2,c,b,1,u,s,x ~ 10 fields where 9 are named",
        "lonely ~ 1 field where 9 are named in the header",
        "2019-10-01 00:00:07 UTC,view,1,2,c,\"b,1,u,s ~ the quote of field 6 is not closed",
        "2019-10-01 00:00:07 UTC,view,1,2,c,\"b\"\",1,u,s ~ the quote of field 6 is not closed",
        "2019-10-01 00:00:07 UTC,view,1,2,c,\"b\"x,1,u,s ~ text after the closing quote of field 6",
        "2019-10-01 00:00:07 UTC,view,1,2,c,b\"x,1,u,s ~ a quote inside field 6, not around it",
        "2019-10-01 00:00:07 UTC,view,1,2,c,b,abc,u,s ~ field price: 'abc' is not a number",
        "2019-10-01 00:00:07 UTC,view,1,2,c,b,1.23456,u,s ~ field price: '1.23456' has more than 4",
        "2019-10-01 00:00:07 UTC,view,1,2,c,b,1e15,u,s ~ '1e15' has more than 14 digits before",
        "2019-10-01 00:00:07,view,1,2,c,b,1,u,s ~ field event_time: '2019-10-01 00:00:07' is not a"
            + " time of the form yyyy-MM-dd HH:mm:ss 'UTC'",
        ",view,1,2,c,b,1,u,s ~ field event_time: no value",
        "2019-10-01 00:00:07 UTC,,1,2,c,b,1,u,s ~ field event_type: no value"
      })
  void badLineIsRejectedWithItsPlaceAndReason(String line, String reason) {
    var reading = rees46(HEADER + "\n" + GOOD + "\n\n" + line + "\n" + GOOD + "\n");
    assertThat(reading.events()).hasSize(2);
    assertThat(reading.rejects()).hasSize(1);
    var reject = reading.rejects().get(0);
    long start = HEADER.length() + GOOD.length() + 3L;
    assertThat(text(reject.getReason())).startsWith("byte " + start + ": ").contains(reason);
    assertThat(text(reject.getSourceName())).isEqualTo("shop/events.csv");
    assertThat(reject.getSourceOffset()).isEqualTo(start);
    assertThat(reject.getRaw()).isEqualTo(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    assertThat(reading.events().get(1).getSourceOffset())
        .isEqualTo(start + line.getBytes(StandardCharsets.UTF_8).length + 1);
  }

  @Test
  void nulAndInvalidUtf8AreRejected() {
    var bad =
        List.of("a\0b", "\u00ff", "\u00c3", "\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f5\u0080");
    var reasons = new ArrayList<String>();
    for (var text : bad) {
      var line = GOOD.replace("runail", text);
      var reading =
          Reading.ofBytes(
              folder,
              "events.csv",
              (HEADER + "\n" + line + "\n" + GOOD).getBytes(StandardCharsets.ISO_8859_1),
              Mapping.named("rees46"));
      assertThat(reading.events()).hasSize(1);
      reasons.addAll(reading.reasons());
    }
    assertThat(reasons)
        .containsExactly(
            "byte 92: a NUL byte",
            "byte 92: not valid UTF-8",
            "byte 92: not valid UTF-8",
            "byte 92: not valid UTF-8",
            "byte 92: not valid UTF-8",
            "byte 92: not valid UTF-8");
  }

  @Test
  void tooLongLineIsRejectedAndKeepsItsBeginning() {
    var configuration = new Configuration(false);
    MappingSettings.MAX_RECORD_KB.set(configuration, "1");
    for (int length : new int[] {1024, 1025, 5_000, 262_144, 300_000, 3_000_000}) {
      var line = "x".repeat(length);
      var file =
          Reading.write(
              folder,
              "events.csv",
              (HEADER + "\n" + GOOD + "\n" + line + "\n" + GOOD + "\n" + line)
                  .getBytes(StandardCharsets.UTF_8));
      var reading = Reading.of(file, Mapping.named("rees46"), configuration);
      assertThat(reading.events()).hasSize(2);
      int first = HEADER.length() + GOOD.length() + 2;
      var reason =
          length == 1024
              ? "1 field where 9 are named in the header"
              : "longer than 1 KiB (clickmill.import.max-record-kb)";
      assertThat(reading.reasons())
          .containsExactly(
              "byte " + first + ": " + reason,
              "byte " + (first + length + GOOD.length() + 2) + ": " + reason);
      assertThat(reading.rejects().get(0).getRaw().remaining()).isEqualTo(1024);
    }
  }

  @Test
  void missingColumnIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> rees46("event_time,event_type,product\n1,2,3\n"))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching(
            "Missing column product_id in file:.*events.csv, mapped to product_id; there are:"
                + " event_time, event_type, product");
    assertThatThrownBy(() -> rees46("a,\"b\n1,2\n"))
        .hasMessageContaining("Invalid header of file:")
        .hasMessageContaining("byte 0: the quote of field 2 is not closed");
    assertThatThrownBy(() -> rees46(HEADER + ",brand\n"))
        .hasMessageContaining("column brand occurs twice");
  }

  @Test
  void optionalColumnMayBeMissing() {
    var reading =
        Reading.ofText(
            folder,
            "events.csv",
            "event_time,event_type,price\n2019-10-01T00:00:00Z,view,2\n",
            Mapping.named("clickmill"));
    assertThat(onlyEvent(reading).getPrice()).isEqualTo(Money.toAvro(20_000));
  }

  @Test
  void valuesAreReplacedRoundedAndMadeIntegers() {
    var mapping =
        Mapping.parse(
            """
            delimiter: ";"
            fields:
              event_time: {from: at, format: "dd.MM.yyyy HH:mm", zone: Europe/Berlin}
              event_type: {from: kind, values: {view_item: view, "": cart, junk: ~}}
              price: {from: price, round: half-even}
              quantity: count
              user_id: {from: user, as: integer, values: {"0": ~}}
              brand: {constant: ours}
            """,
            "shop.yaml");
    var reading =
        Reading.ofText(
            folder,
            "events.csv",
            """
            at;kind;price;count;user
            01.07.2019 02:00;view_item;1.00005;;17850.0
            01.07.2019 02:00;;1.00015;-3;0017
            01.07.2019 02:00;other;1.5;2.0;-0
            01.07.2019 02:00;junk;1;1;1
            01.07.2019 02:00;view;1;1.5;1
            01.07.2019 02:00;view;1;99999999999;1
            01.07.2019 02:00;view;1;1;12.5
            01.07.2019 02:00;view;1;1;x
            01.07.2019 02:00;view; 1 ; 4 ; 1e3\s
            """,
            mapping);
    assertThat(reading.reasons())
        .containsExactly(
            "byte 137: field event_type: no value",
            "byte 165: field quantity: '1.5' is not a whole number",
            "byte 195: field quantity: '99999999999' is too large",
            "byte 233: field user_id: '12.5' is not a whole number",
            "byte 264: field user_id: 'x' is not a whole number");
    assertThat(reading.rounded()).isEqualTo(2);
    assertThat(reading.events())
        .extracting(
            e ->
                String.join(
                    " ",
                    e.getEventTime().toString(),
                    text(e.getEventType()),
                    Money.decimal(Money.fromAvro(e.getPrice())).toString(),
                    Integer.toString(e.getQuantity()),
                    String.valueOf(e.getUserId()),
                    text(e.getBrand())))
        .containsExactly(
            "2019-07-01T00:00:00Z view 1.0000 1 17850 ours",
            "2019-07-01T00:00:00Z cart 1.0002 -3 17 ours",
            "2019-07-01T00:00:00Z other 1.5000 2 null ours",
            "2019-07-01T00:00:00Z view 1.0000 4 1000 ours");
  }

  @Test
  void columnsWithoutHeaderGoByNumber() {
    var mapping =
        Mapping.parse(
            "header: false\ncolumns: 3\nfields: {event_time: \"3\", event_type: \"1\"}", "x");
    var reading = Reading.ofText(folder, "a.csv", "view,?,2019-10-01\nview,2019-10-01\n", mapping);
    assertThat(reading.events()).hasSize(1);
    assertThat(reading.reasons()).containsExactly("byte 18: 2 fields where 3 are expected");

    var loose = Mapping.parse("header: false\nfields: {event_time: \"3\", event_type: \"1\"}", "x");
    reading = Reading.ofText(folder, "a.csv", "view,?,2019-10-01,x\nview,2019-10-01\n", loose);
    assertThat(reading.events()).hasSize(1);
    assertThat(reading.reasons()).containsExactly("byte 20: no column 3: 2 fields");
  }

  @Test
  void linesOverTheEdgesOfTheBufferAreWhole() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var mapping = Mapping.parse("fields: {event_time: t, event_type: e, brand: b}", "x");
    var text = new StringBuilder("t,e,b\n");
    var brands = new ArrayList<String>();
    for (int i = 0; i < 2_000; i++) {
      int length = random.nextInt(50) == 0 ? random.nextInt(700_000) : 1 + random.nextInt(2_000);
      var brand = Character.toString('a' + random.nextInt(26)).repeat(Math.max(1, length)) + i;
      brands.add(brand);
      text.append("2019-10-01,view,").append(brand).append(i % 3 == 0 ? "\r\n" : "\n");
    }
    var reading = Reading.ofText(folder, "a.csv", text.toString(), mapping);
    assertThat(reading.reasons()).as("seed %d", seed).isEmpty();
    assertThat(reading.events().stream().map(event -> text(event.getBrand())).toList())
        .as("seed %d", seed)
        .isEqualTo(brands);
  }

  @Test
  void otherEncodingsAreNamed() {
    assertThatThrownBy(
            () ->
                Reading.ofBytes(
                    folder,
                    "events.csv",
                    HEADER.getBytes(StandardCharsets.UTF_16),
                    Mapping.named("rees46")))
        .hasMessageContaining("it is UTF-16 text; say 'encoding: utf-16' in the mapping");
  }

  @Test
  void fileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Reading.of(folder.resolve("no.csv"), Mapping.named("rees46")))
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.USAGE))
        .hasMessageMatching("Missing input file: file:.*/no.csv");
    assertThatThrownBy(() -> Reading.ofText(folder, "data.xyz", HEADER, Mapping.named("rees46")))
        .hasMessageContaining("Cannot tell the format of data.xyz by its name");
    assertThatThrownBy(
            () -> Reading.ofText(folder, "data.csv.lz4", HEADER, Mapping.named("rees46")))
        .hasMessageContaining(
            "'.lz4' is not supported; unpack it, or pack it as one of .gz, .zst, .bz2, .xz, .zip");
  }

  private Reading rees46(String text) {
    return Reading.ofText(folder, "events.csv", text, Mapping.named("rees46"));
  }

  private static Event onlyEvent(Reading reading) {
    assertThat(reading.reasons()).isEmpty();
    assertThat(reading.events()).hasSize(1);
    return reading.events().get(0);
  }

  private static String text(Object text) {
    return text.toString();
  }
}
