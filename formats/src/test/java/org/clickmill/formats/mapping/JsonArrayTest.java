package org.clickmill.formats.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.failure.ClickmillException;
import org.clickmill.formats.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonArrayTest {
  private static final Mapping MAPPING =
      Mapping.parse("fields: {event_time: at, event_type: k, product_id: p, brand: x}", "arrays");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[%s,%s,%s]",
        " \n\t[\n  %s,\n  %s,\n  %s\n]\n",
        "\uFEFF[%s , %s\r\n,%s ]",
        "[%s]\n[%s,\n%s]",
        "[]\n[%s,%s,%s][]"
      })
  void elementsAreRecordsWithTheirPlaces(String form) {
    var text = form.formatted(element(1), element(2), element(3));
    var reading = read(text);
    assertThat(reading.reasons()).isEmpty();
    assertThat(WhereTest.products(reading.events())).containsExactly("1", "2", "3");
    assertThat(reading.events())
        .allSatisfy(
            event ->
                assertThat(
                        new String(text.getBytes(UTF_8), UTF_8)
                            .getBytes(UTF_8)[event.getSourceOffset().intValue()])
                    .isEqualTo((byte) '{'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ ] ", "[]\n[]\n"})
  void emptyArrayHasNoRecords(String text) {
    assertThat(read(text).records()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"k\": \"v\",, \"p\": 1} ~ not valid JSON near",
        "{\"k\": \"v\", \"p\": 1 ~ not valid JSON",
        "{\"at\": 1, \"k\": \"v\", \"x\": \"a\"b\"} ~ not valid JSON near",
        "{\"k\": \"v\" \"p\": \"]\"} ~ not valid JSON near",
        "5 ~ not a JSON object",
        "\"a, [b]\" ~ not a JSON object",
        "nonsense ~ not valid JSON near 'nonsense'",
        "null ~ not a JSON object",
        "[1, {\"a\": 2}] ~ not a JSON object",
        "{\"at\": 1, \"k\": \"v\", \"y\": [1} ~ not valid JSON",
        "{\"at\": 1} ~ field event_type: no value",
        "{\"at\": 1, \"k\": \"v\", \"x\": {\"a\": [{}]}} ~ field brand: an object or array",
      })
  void damagedElementIsARejectWithItsByteAndTheOthersAreRead(String damaged, String reason) {
    var reading = read("[" + element(1) + ",\n " + damaged + ",\n " + element(2) + "]");
    assertThat(WhereTest.products(reading.events())).containsExactly("1", "2");
    assertThat(reading.reasons()).isNotEmpty();
    assertThat(reading.reasons().get(0))
        .startsWith("byte " + (element(1).length() + 4) + ": ")
        .contains(reason);
  }

  @Test
  void quoteThatIsNotClosedCostsItsOwnElement() {
    var reading = read("[" + element(1) + ",\n{\"k\": \"v},\n" + element(2) + "]");
    assertThat(WhereTest.products(reading.events())).containsExactly("1", "2");
    assertThat(reading.reasons()).hasSize(1);
  }

  @Test
  void elementLongerThanARecordMayBeIsCutAndRejected() {
    var configuration = new Configuration(false);
    configuration.setInt(MappingSettings.MAX_RECORD_KB.name(), 1);
    var longOne = "{\"x\": \"" + "a".repeat(600_000) + "\", \"y\": [{\"z\": \"]}\"}]}";
    var text = "[" + element(1) + "," + longOne + "," + element(2) + "]";
    var file = Reading.write(folder, "a.json", text.getBytes(UTF_8));
    var reading = Reading.of(file, MAPPING, configuration);
    assertThat(WhereTest.products(reading.events())).containsExactly("1", "2");
    assertThat(reading.reasons().get(0)).contains("longer than 1 KiB");
    assertThat(reading.rejects().get(0).getRaw().remaining()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5})
  void arrayThatIsCutShortIsAnErrorBehindTheElementsThatAreThere(int cut) {
    var whole = "[" + element(1) + ", " + element(2) + "]";
    var text = cut == 0 ? whole + " {}" : whole.substring(0, whole.length() - cut);
    var file = Reading.write(folder, "a.json", text.getBytes(UTF_8));
    var found = new ArrayList<String>();
    assertThatThrownBy(
            () -> {
              try (var reader = Reading.open(file, MAPPING, new Configuration(false))) {
                while (reader.next()) {
                  found.add(
                      reader.event() == null
                          ? reader.reject().getReason().toString()
                          : reader.event().getProductId().toString());
                }
              }
            })
        .isInstanceOfSatisfying(
            ClickmillException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FAILED))
        .hasMessageContaining("damaged after byte 4")
        .hasMessageContaining(
            cut == 0
                ? "text behind the end of the array, at byte"
                : "the array of the file is not");
    assertThat(found).hasSize(2).first().isEqualTo("1");
  }

  @Test
  void quoteThatIsMissingOnTheOneLineOfAFileIsNamedByTheElement() {
    var first = "{\"at\": 1, \"k\": \"v\"}";
    assertThatThrownBy(() -> read("[" + first + ", {\"at\": 1, \"k\": \"v}, " + first + "]"))
        .hasMessageContaining("a quote or bracket is missing in the element at byte ")
        .hasMessageEndingWith(", or the file is cut short");
  }

  @Test
  void packedArrayIsRead() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(("[" + element(1) + "," + element(2) + "]").getBytes(UTF_8));
    }
    var reading = Reading.ofBytes(folder, "a.json.gz", packed.toByteArray(), MAPPING);
    assertThat(WhereTest.products(reading.events())).containsExactly("1", "2");
  }

  @Test
  void partsOfAnArrayHaveEachElementOnce() {
    var text =
        IntStream.range(0, 100).mapToObj(JsonArrayTest::element).collect(Collectors.joining(","));
    var file = Reading.write(folder, "a.json", ("[" + text + "]").getBytes(UTF_8));
    var configuration = new Configuration(false);
    var whole = Reading.whole(Reading.fileSystem(configuration), file);
    var found = new ArrayList<String>();
    for (long start = 0; start < text.length(); start += 1000) {
      var part =
          new SourcePart(whole.fileSystem(), whole.path(), whole.identity(), start, start + 1000);
      try (var reader = SourceReader.open(part, MAPPING, configuration)) {
        while (reader.next()) {
          found.add(reader.event().getProductId().toString());
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(found).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void anyTextThatIsValidIsReadAndNoDamageIsLost() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      int count = random.nextInt(8);
      var elements = new ArrayList<String>();
      for (int i = 0; i < count; i++) {
        var text = random(random);
        elements.add(
            "{\"at\": 1, \"k\": \"v\", \"p\": "
                + i
                + ", \"y\": "
                + value(random, 0)
                + ", \"x\":"
                + " \""
                + text
                + "\"}");
      }
      var space = random.nextBoolean() ? "" : " \n ";
      var reading =
          read("[" + space + String.join(space + "," + space, elements) + space + "]" + space);
      assertThat(reading.reasons()).as("seed %d", seed).isEmpty();
      assertThat(WhereTest.products(reading.events()))
          .as("seed %d", seed)
          .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 3 : 5)) {
      case 0 -> "\"" + random(random) + "\"";
      case 1 -> "-1.5e3";
      case 2 -> "null";
      case 3 -> "[" + value(random, depth + 1) + ", " + value(random, depth + 1) + "]";
      default -> "{\"" + random(random) + "a\": " + value(random, depth + 1) + ",\n \"b\": []}";
    };
  }

  private static String random(Random random) {
    var parts = new String[] {"\\\"", "\\\\", "{", "}", "[", "]", ",", ":", "é", "a", "\\u0041"};
    return random
        .ints(random.nextInt(6), 0, parts.length)
        .mapToObj(i -> parts[i])
        .collect(Collectors.joining());
  }

  private static String element(int product) {
    return "{\"at\": \"2026-01-01\", \"k\": \"view\", \"p\": \"" + product + "\"}";
  }

  private Reading read(String text) {
    return Reading.ofText(folder, "a.json", text, MAPPING);
  }
}
