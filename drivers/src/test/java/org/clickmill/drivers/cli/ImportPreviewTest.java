package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import --preview} prints. */
final class ImportPreviewTest {
  private static final String HEADER = "at,what,sku,price\n";

  @TempDir private Path folder;
  private Path input;
  private Path mapping;

  @BeforeEach
  void writeMapping() throws IOException {
    input = Files.createDirectory(folder.resolve("exports"));
    mapping = folder.resolve("my-shop.yaml");
    Files.writeString(
        mapping,
        """
        fields:
          event_time: at
          event_type: what
          product_id: sku
          price: {from: price, round: half-even}
          brand: {from: brand, optional: true}
        """);
  }

  @Test
  void eventsAndRejectsStandInOneTable() throws Exception {
    write(
        "a.csv",
        "2020-05-01T05:30:00Z,view,long-product-id,9.99",
        "2020-05-01T05:30:01Z,view,p2,abc",
        "2020-05-01T05:30:02.5Z,add_to_cart,p3,12.34567",
        "2020-05-01T05:30:03Z,view,,",
        "1980-05-01T05:30:03Z,view,,");
    var run = preview("--preview");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            record  event_time                event_type   product_id       brand    price
            exports/a.csv
                 1  2020-05-01T05:30:00Z      view         long-product-id            9.99
                 2  rejected: byte 65: field price: 'abc' is not a number
                 3  2020-05-01T05:30:02.500Z  add_to_cart  p3                      12.3457
                 4  2020-05-01T05:30:03Z      view
                 5  rejected: byte 173: field event_time: 1980-05-01T05:30:03Z is before 1990-01-01\
             (clickmill.import.min-day)
            5 records read = 3 events + 2 rejected; 1 prices rounded; 1 of 1 files looked at.\
             Nothing was imported.
            """);
    assertThat(run.err())
        .isEqualTo(
            "clickmill import: warning: of these 5 records: No record of exports/a.csv has 'brand',"
                + " which mapping "
                + mapping
                + " maps to brand. There are: at, what, sku, price\n");
    assertThat(filesBeside()).containsExactlyInAnyOrder("exports", "my-shop.yaml");
  }

  @Test
  void firstFilesAreReadUntilThereAreEnoughRecords() throws Exception {
    write("b.csv", "2020-05-02T00:00:00Z,view,b1,", "2020-05-02T00:00:01Z,view,b2,");
    write("a.csv", "2020-05-01T00:00:00Z,view,a1,", "2020-05-01T00:00:01Z,view,a2,");
    write("a0.csv");
    Files.writeString(input.resolve("c.csv"), "not looked at");
    Files.writeString(input.resolve("d.xls"), "");
    var run = preview("--preview", "3", "--source-name", "shop");
    assertThat(run.out())
        .contains("shop/a.csv\n     1  ", "a2\nshop/b.csv\n     1  ", "b1")
        .doesNotContain("b2")
        .endsWith(
            "\n3 records read = 3 events + 0 rejected; 0 prices rounded; 3 of 4 files looked"
                + " at. Nothing was imported.\n");
    assertThat(run.err()).contains("1 file is skipped because of its name: shop/d.xls.");
  }

  @Test
  void sameIsPrintedAsJson() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,p1,10.50", "2020-05-01T05:30:00Z,,p1,");
    var json = new ObjectMapper().readTree(preview("--preview=5", "--json").out());
    assertThat(json.get("fields"))
        .hasToString("[\"event_time\",\"event_type\",\"product_id\",\"brand\",\"price\"]");
    assertThat(json.at("/rows/0"))
        .hasToString(
            "{\"file\":\"exports/a.csv\",\"record\":1,\"event\":{\"event_time\":\"2020-05-01T05:30:00Z\","
                + "\"event_type\":\"view\",\"product_id\":\"p1\",\"brand\":null,\"price\":10.5},"
                + "\"reason\":null}");
    assertThat(json.at("/rows/1/reason").asText()).isEqualTo("byte 53: field event_type: no value");
    assertThat(json.at("/rows/1/event").isNull()).isTrue();
    assertThat(json.get("read").asInt()).isEqualTo(2);
    assertThat(json.get("rejected").asInt()).isEqualTo(1);
    assertThat(json.get("filesLookedAt").asInt()).isEqualTo(1);
    assertThat(json.get("warnings")).hasSize(1);
  }

  @Test
  void fileWithoutRecordsIsNamed() throws Exception {
    write("a.csv");
    var run = preview("--preview");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("clickmill import: Nothing to preview: " + input + " has no records\n");
    Files.writeString(input.resolve("b.csv"), "");
    assertThat(preview("--preview").err()).contains(input + " has no records in 2 files\n");
  }

  @Test
  void hugeFileIsReadNoFurtherThanItsFirstRecords() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,p1,10.50", "2020-05-01T05:30:00Z,view,p2,", "");
    try (var file = new RandomAccessFile(input.resolve("a.csv").toFile(), "rw")) {
      file.setLength(50L << 30);
    }
    assertThat(preview("--preview=2").out()).contains("p1", "p2", "2 records read = 2 events");
  }

  @Test
  void damageBehindTheFirstRecordsIsNotMet() throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 200_000; i++) {
      lines.add("2020-05-01T05:30:00Z,view,p" + i * 7919L % 1_000_003 + ",");
    }
    var packed = input.resolve("a.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((HEADER + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8));
    }
    var bytes = Files.readAllBytes(packed);
    Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(preview("--preview", "4").out()).contains("4 records read = 4 events");
    assertThat(preview("--preview", "100000").err()).contains("Cannot read file", "damaged after");
  }

  @Test
  void damagedFileFailsOrIsSkippedAsInImport() throws Exception {
    Files.write(input.resolve("a.csv.gz"), new byte[] {31, (byte) 139, 8, 0});
    write("b.csv", "2020-05-01T05:30:00Z,view,p1,10.50");
    var run = preview("--preview");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("Cannot read file", "a.csv.gz");
    var skipped = preview("--preview", "--skip-corrupt-files");
    assertThat(skipped.exitCode()).isZero();
    assertThat(skipped.err()).contains("warning: exports/a.csv.gz: Cannot read file");
    assertThat(skipped.out()).contains("1 records read = 1 events", "2 of 2 files looked at");
  }

  @Test
  void mappingThatDoesNotFitIsWrongUsage() throws Exception {
    Files.writeString(input.resolve("a.csv"), "time,what\n2020-05-01,view\n");
    var run = preview("--preview");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Missing column at in ", "there are: time, what");
  }

  @Test
  void optionsThatDoNothingAreRefused() throws Exception {
    write("a.csv", "2020-05-01T05:30:00Z,view,p1,10.50");
    var run = preview("--preview", "--replace", "--no-fill");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("Invalid options: --preview imports nothing: leave out --no-fill, --replace");
    for (var number : List.of("0", "-3", "100001")) {
      assertThat(preview("--preview=" + number).err())
          .contains("Invalid number of records to preview: " + number + " (expected 1 to 100000)");
    }
  }

  private CommandRun preview(String... more) {
    var arguments = new ArrayList<>(List.of("import"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--mapping", mapping.toString(), "--input", input.toString()));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(input.resolve(name), HEADER + String.join("\n", lines));
  }

  private List<String> filesBeside() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
