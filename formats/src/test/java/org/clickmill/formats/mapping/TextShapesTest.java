package org.clickmill.formats.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.clickmill.formats.event.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in other encodings, with tabs, without a header. */
class TextShapesTest {
  private static final String FIELDS = "fields: {event_time: t, event_type: e, brand: b}\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latin1",
        "iso-8859-15",
        "windows-1252",
        "utf-16",
        "utf-16le",
        "UTF-16BE",
        "utf-32",
        "utf-8"
      })
  void textOfAnyEncodingIsRead(String encoding) {
    var mapping = Mapping.parse("encoding: " + encoding + "\n" + FIELDS, "x");
    var line = "2019-10-01,view,Düñ ß\r\n";
    byte[] bytes = ("t,e,b\r\n" + line.repeat(20_000)).getBytes(Charset.forName(encoding));
    var reading = Reading.ofBytes(folder, "a.csv", bytes, mapping);
    assertThat(reading.reasons()).isEmpty();
    assertThat(brands(reading)).hasSize(20_000).containsOnly("Düñ ß");
  }

  @Test
  void byteOrderMarkOfUtf16IsNoPartOfTheHeader() {
    var mapping = Mapping.parse("encoding: utf-16le\n" + FIELDS, "x");
    byte[] bytes = "\uFEFFt,e,b\n2019-10-01,view,😀".getBytes(StandardCharsets.UTF_16LE);
    assertThat(brands(Reading.ofBytes(folder, "a.csv", bytes, mapping))).containsExactly("😀");
  }

  @Test
  void bytesThatMeanNothingInTheEncodingCostTheirRecord() {
    var mapping = Mapping.parse("encoding: windows-1252\n" + FIELDS, "x");
    byte[] bytes =
        "t,e,b\n2019-10-01,view,\u0080\n2019-10-01,view,\u0081\n2019-10-01,view,z\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    var reading = Reading.ofBytes(folder, "a.csv", bytes, mapping);
    assertThat(reading.reasons()).containsExactly("byte 26: not valid windows-1252");
    assertThat(brands(reading)).containsExactly("€", "z");

    mapping = Mapping.parse("encoding: utf-16be\n" + FIELDS, "x");
    bytes = "t,e,b\n2019-10-01,view,?\n2019-10-01,view,z\n".getBytes(StandardCharsets.UTF_16BE);
    bytes[2 * "t,e,b\n2019-10-01,view,".length()] = (byte) 0xd8;
    reading = Reading.ofBytes(folder, "a.csv", bytes, mapping);
    assertThat(reading.reasons()).containsExactly("byte 6: not valid UTF-16BE");
    assertThat(brands(reading)).containsExactly("z");

    // Half a character at the end of the file.
    byte[] cut = "t,e,b\n2019-10-01,view,z\n2".getBytes(StandardCharsets.UTF_16BE);
    reading =
        Reading.ofBytes(folder, "a.csv", java.util.Arrays.copyOf(cut, cut.length - 1), mapping);
    assertThat(brands(reading)).containsExactly("z");
    assertThat(reading.reasons()).containsExactly("byte 24: not valid UTF-16BE");
  }

  @Test
  void rejectKeepsTheLineAsUtf8() {
    var mapping = Mapping.parse("encoding: latin1\n" + FIELDS, "x");
    byte[] bytes = "t,e,b\nx,view,ü\n".getBytes(StandardCharsets.ISO_8859_1);
    var reading = Reading.ofBytes(folder, "a.csv", bytes, mapping);
    assertThat(StandardCharsets.UTF_8.decode(reading.rejects().get(0).getRaw()).toString())
        .isEqualTo("x,view,ü");
  }

  @Test
  void tsvFilesHaveTabs() {
    var text = "t\te\tb\n2019-10-01\tview\t\"a\tb\"\n";
    var mapping = Mapping.parse(FIELDS, "x");
    assertThat(mapping.reads("A.TSV.gz")).isTrue();
    assertThat(brands(Reading.ofText(folder, "a.tsv", text, mapping))).containsExactly("a\tb");
    var tabs = Mapping.parse("delimiter: \"\\t\"\n" + FIELDS, "x");
    assertThat(brands(Reading.ofText(folder, "a.csv", text, tabs))).containsExactly("a\tb");
    var semicolons = Mapping.parse("delimiter: ;\n" + FIELDS, "x");
    assertThat(brands(Reading.ofText(folder, "a.tsv", "t;e;b\n2019-10-01;view;a\tb\n", semicolons)))
        .containsExactly("a\tb");
    var numbered =
        Mapping.parse(
            "header: false\ncolumns: 3\nfields: {event_time: 1, event_type: 2, brand: 3}", "x");
    var reading =
        Reading.ofText(folder, "b.tsv", "2019-10-01\tview\tb\n2019-10-01\tview\n", numbered);
    assertThat(brands(reading)).containsExactly("b");
    assertThat(reading.reasons()).containsExactly("byte 18: 2 fields where 3 are expected");
  }

  private static List<String> brands(Reading reading) {
    return reading.events().stream().map(Event::getBrand).map(String::valueOf).toList();
  }
}
