package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Line breaks inside of quotes. */
class MultilineCsvTest {
  private static final Mapping MAPPING =
      Mapping.parse(
          "multiline: true\nfields: {event_time: t, event_type: e, \"brand\": \"b\\nc\"}", "x");

  private static final String HEADER = "t,e,\"b\nc\"\n";
  private static final String ROW = "2019-10-01,view,";

  @TempDir Path folder;

  @Test
  void quotedFieldsMayHoldLineBreaks() {
    var reading =
        read(
            HEADER
                + ROW
                + "\"two\nlines\"\n"
                + ROW
                + "plain\r\n\n"
                + ROW
                + "\"\"\"a\"\"\r\n\r\n, \"\"b\"\r\n"
                + "x,view,\"of\nthree\nlines\"\n"
                + ROW
                + "z");
    assertThat(brands(reading)).containsExactly("two\nlines", "plain", "\"a\"\n\n, \"b", "z");
    assertThat(reading.reasons())
        .containsExactly("byte 96: field event_time: 'x' is not an ISO 8601 time");
    assertThat(raw(reading)).containsExactly("x,view,\"of\nthree\nlines\"");
  }

  @Test
  void withoutMultilineALineBreakInQuotesIsABrokenQuote() {
    var mapping = Mapping.parse("fields: {event_time: t, event_type: e, brand: b}", "x");
    var reading = Reading.ofText(folder, "a.csv", "t,e,b\n" + ROW + "\"x\ny\"\n", mapping);
    assertThat(reading.reasons().get(0))
        .isEqualTo("byte 6: the quote of field 3 is not closed on its line");
  }

  @Test
  void quoteThatIsNotClosedCostsItsLineOnly() {
    var good = ROW + "good\n";
    var reading =
        read(HEADER + good + ROW + "\"open\n" + good.repeat(3) + ROW + "\"a\nb\"\n" + good);
    // The first quote is closed by the next one there is, and what stands behind that is wrong.
    assertThat(reading.reasons()).hasSize(2);

    reading = read(HEADER + good + ROW + "\"open\n" + good.repeat(3));
    assertThat(brands(reading)).hasSize(4);
    assertThat(reading.reasons())
        .containsExactly("byte 31: the quote of field 3 is not closed on its line");

    reading = read(HEADER + good + ROW + "\"open\n" + ROW + "\"x\",\"y\n");
    assertThat(brands(reading)).hasSize(1);
    assertThat(reading.reasons()).hasSize(2);

    var configuration = new Configuration(false);
    MappingSettings.MAX_RECORD_KB.set(configuration, "1");
    reading =
        Reading.of(
            Reading.write(
                folder,
                "a.csv",
                (HEADER + ROW + "\"open\n" + good.repeat(5_000) + ROW + "\"x\ny\"\n" + good)
                    .getBytes(StandardCharsets.UTF_8)),
            MAPPING,
            configuration);
    assertThat(reading.events()).hasSize(5_002);
    assertThat(reading.reasons())
        .containsExactly("byte 10: the quote of field 3 is not closed on its line");
    assertThat(brands(reading).get(5_000)).isEqualTo("x\ny");
  }

  @Test
  void recordsLongerThanTheLimitAreRejected() {
    var configuration = new Configuration(false);
    MappingSettings.MAX_RECORD_KB.set(configuration, "1");
    var text = HEADER + ROW + "\"" + "a".repeat(2_000) + "\"\n" + ROW + "b\n";
    var file = Reading.write(folder, "a.csv", text.getBytes(StandardCharsets.UTF_8));
    var reading = Reading.of(file, MAPPING, configuration);
    assertThat(brands(reading)).containsExactly("b");
    assertThat(reading.reasons())
        .containsExactly("byte 10: longer than 1 KiB (clickmill.import.max-record-kb)");
  }

  @Test
  void randomFilesAreReadAsDuckDbReadsThem() throws IOException, SQLException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var pieces = List.of("a", "\"", "\n", ",", " ", "ü", "bc", "\t", "😀");
    var text = new StringBuilder("t,e,b,c\n");
    var expected = new ArrayList<String>();
    for (int i = 0; i < 3_000; i++) {
      var fields = new ArrayList<String>();
      for (int field = 0; field < 2; field++) {
        var value = new StringBuilder("v");
        for (int k = random.nextInt(random.nextInt(20) == 0 ? 40 : 6); k > 0; k--) {
          value.append(pieces.get(random.nextInt(pieces.size())));
        }
        boolean needsQuotes = value.indexOf("\"") >= 0 || value.indexOf("\n") >= 0;
        fields.add(
            needsQuotes || value.indexOf(",") >= 0 || random.nextBoolean()
                ? "\"" + value.toString().replace("\"", "\"\"") + "\""
                : value.toString());
        if (field == 0) {
          expected.add(value.toString());
        }
      }
      text.append("2019-10-01,view,").append(String.join(",", fields)).append('\n');
    }
    var mapping =
        Mapping.parse("multiline: true\nfields: {event_time: t, event_type: e, brand: b}", "x");
    var reading = Reading.ofText(folder, "a.csv", text.toString(), mapping);
    assertThat(reading.reasons()).as("seed %d", seed).isEmpty();
    assertThat(brands(reading)).as("seed %d", seed).isEqualTo(expected);
    assertThat(brands(reading)).as("seed %d", seed).isEqualTo(duckDb(folder.resolve("a.csv")));
  }

  private static List<String> duckDb(Path file) throws IOException, SQLException {
    assertThat(Files.exists(file)).isTrue();
    var brands = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT b FROM read_csv('"
                    + file
                    + "', header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"',"
                    + " parallel = false)")) {
      while (rows.next()) {
        brands.add(rows.getString(1));
      }
    }
    return brands;
  }

  private Reading read(String text) {
    return Reading.ofText(folder, "a.csv", text, MAPPING);
  }

  private static List<String> raw(Reading reading) {
    return reading.rejects().stream()
        .map(reject -> StandardCharsets.UTF_8.decode(reject.getRaw().duplicate()).toString())
        .toList();
  }

  private static List<String> brands(Reading reading) {
    return reading.events().stream().map(Event::getBrand).map(String::valueOf).toList();
  }
}
