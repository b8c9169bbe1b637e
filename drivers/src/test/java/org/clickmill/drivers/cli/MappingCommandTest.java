package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.formats.event.Money;
import org.clickmill.formats.mapping.Mapping;
import org.clickmill.formats.mapping.SourcePart;
import org.clickmill.formats.mapping.SourceReader;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code mapping} prints, and whether it reads files as the mappings that ship. */
final class MappingCommandTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"csv, rees46", "json, rees46", "avro, clickmill", "parquet, clickmill"})
  void generatedFileIsReadAsByTheMappingThatShips(String format, String shipped) throws Exception {
    var generated =
        CommandRun.of(
            "generate",
            "--output=" + folder,
            "--events=3000",
            "--days=1",
            "--format=" + format,
            "--seed=7");
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    try (var files = Files.list(folder)) {
      var file = files.filter(path -> path.toString().endsWith(format)).sorted().findFirst();
      assertReadAlike(file.orElseThrow(), shipped);
    }
  }

  @Test
  void onlineRetailIsReadAsByTheMappingThatShips() throws Exception {
    assertReadAlike(shared("online-retail/2011-11-29.csv.gz"), "online-retail");
  }

  @Test
  void cdnowNeedsTheTypeOfItsEvents() throws Exception {
    var run = CommandRun.of("mapping", shared("cdnow/CDNOW_sample.txt").toString());
    assertThat(run.exitCode()).isZero();
    assertThat(run.err())
        .isEqualTo(
            "clickmill mapping: warning: nothing was found for event_type: fill in the lines that"
                + " say so\n");
    assertThat(run.out())
        .contains(
            "from the first 1,000 records of CDNOW_sample.txt.\n# Not complete: fill in"
                + " event_type.\n",
            "format: whitespace  # guessed: by what is in the file\n",
            "columns: 5  # guessed: as many as the first lines have\n",
            "  event_time: {from: \"3\", format: yyyyMMdd}  # guessed: by its values; such as 1997",
            "#  event_type: {constant: purchase}  # fill in: what every record is",
            "  price: \"5\"  # guessed: by its values; such as 29.33\n",
            "# not used: 2 (such as 0001)\n");
    var complete = run.out().replace("#  event_type", "  event_type");
    var file = shared("cdnow/CDNOW_sample.txt");
    assertThat(read(file, Mapping.parse(complete, "filled in"), "event_time,event_type,price"))
        .isEqualTo(read(file, Mapping.named("cdnow"), "event_time,event_type,price"));
  }

  @Test
  void fileWithoutRecordsIsWrongUsage() throws IOException {
    var file = Files.writeString(folder.resolve("empty.csv"), "");
    var run = CommandRun.of("mapping", file.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("clickmill mapping: Cannot guess a mapping: " + file + " has no records\n");
    assertThat(CommandRun.of("mapping", folder + "/none.csv").err())
        .isEqualTo("clickmill mapping: Missing input file: " + folder + "/none.csv\n");
  }

  @Test
  void arrayOfJsonIsReadAsAFile() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("a.json"),
            "[\n  {\"time\": \"2026-01-01\", \"type\": \"view\"},\n  {\"time\": \"2026-01-02\","
                + " \"type\": \"cart\"}\n]\n");
    var run = CommandRun.of("mapping", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(read(file, Mapping.parse(run.out(), "guessed"), "event_type"))
        .containsExactly("view|", "cart|");
  }

  @Test
  void sameIsPrintedAsJson() throws IOException {
    var file = Files.writeString(folder.resolve("a.csv"), "time,type\n2026-01-01,\n2026-01-02,x\n");
    var run = CommandRun.of("mapping", "--json", file.toString());
    var json = new ObjectMapper().readTree(run.out());
    assertThat(json.get("yaml").asText()).contains("  event_time: time  #");
    assertThat(json.get("missing")).isEmpty();
    assertThat(json.get("records").asInt()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill mapping: warning: it would reject 1 of 2 records: see its comments\n");
  }

  private void assertReadAlike(Path file, String shipped) throws IOException {
    var run = CommandRun.of("mapping", file.toString());
    assertThat(run.err()).isEmpty();
    var expected = Mapping.named(shipped);
    var fields = String.join(",", expected.fields());
    var events = read(file, expected, fields);
    assertThat(events).hasSizeGreaterThan(1_000);
    assertThat(read(file, Mapping.parse(run.out(), "guessed"), fields))
        .as(run.out())
        .isEqualTo(events);
  }

  /** The events' fields as texts. */
  private static List<String> read(Path file, Mapping mapping, String fields) throws IOException {
    var configuration = new Configuration(false);
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    var events = new ArrayList<String>();
    var whole = SourcePart.whole(path.getFileSystem(configuration), path, "shop");
    try (var reader = SourceReader.open(whole, mapping, configuration)) {
      while (reader.next()) {
        var event = new StringBuilder();
        for (var field : fields.split(",", -1)) {
          event
              .append(reader.event() == null ? "rejected" : text(reader.event().get(field)))
              .append('|');
        }
        events.add(event.toString());
      }
    }
    return events;
  }

  private static String text(Object value) {
    return value instanceof ByteBuffer money ? "" + Money.fromAvro(money) : "" + value;
  }

  private static Path shared(String file) {
    var root = System.getProperty("clickmill.shared", "../shared");
    var path = Path.of(root, "data", file).toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.exists(path), "needs " + path);
    return path;
  }
}
