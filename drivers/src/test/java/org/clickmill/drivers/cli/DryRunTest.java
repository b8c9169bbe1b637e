package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.clickmill.testdata.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code --dry-run} of every command that has it. */
@TestInstance(Lifecycle.PER_CLASS)
final class DryRunTest {
  private static final String TOPIC = "clicks";

  @TempDir static Path folder;

  private KafkaBroker broker;
  private Path shop;

  /**
   * What a path was before.
   *
   * @param changed when it was written last
   * @param content of a file; empty for a folder
   */
  private record Entry(FileTime changed, String content) {}

  @BeforeAll
  void makeWarehouse(@TempDir Path brokerFolder) throws IOException, InterruptedException {
    broker = KafkaBroker.start(Path.of(System.getProperty("clickmill.kafka")), brokerFolder);
    shop = folder.resolve("shop");
    send("2019-10-01T00:10:00Z", "2019-10-01T23:50:00Z");
    load("2019-10-02T00:10:00Z");
    // Too late for their hours: they wait to be folded.
    send("2019-10-01T00:20:00Z", "2019-10-01T05:00:00Z", "2019-10-01T05:01:00Z");
    load("2019-10-02T00:11:00Z");
    send("2019-10-02T01:00:00Z");
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  /** The command lines of all commands that have the option, and of load's other work. */
  List<List<String>> commandsWithADryRun() {
    // What a command cannot do without. One that is not here gets its warehouse only.
    var needed =
        Map.of(
            "import",
            List.of("--mapping=clickmill", "--input=" + folder.resolve("events.csv")),
            "load",
            List.of(
                "--bootstrap-servers=" + broker.bootstrapServers(),
                "--topic=" + TOPIC,
                "--mapping=clickmill"),
            "push",
            List.of("sales", "--bootstrap-servers=" + broker.bootstrapServers(), "--topic=sales"));
    var lines = new ArrayList<List<String>>();
    Clickmill.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              // What catalog's changes is a metastore: see RegistrarTest. forget's searches by a
              // job,
              // whose staging folder comes and goes: see ForgetCommandTest.
              if (hasDryRun(command) && !Set.of("catalog", "forget").contains(name)) {
                lines.add(line(name, needed.getOrDefault(name, List.of())));
              }
            });
    lines.add(line("load", List.of("--fold-late")));
    return lines;
  }

  private static boolean hasDryRun(CommandLine command) {
    return command.getCommandSpec().findOption("--dry-run") != null;
  }

  private static List<String> line(String name, List<String> options) {
    var line = new ArrayList<>(List.of(name));
    line.addAll(options);
    return line;
  }

  @ParameterizedTest
  @MethodSource("commandsWithADryRun")
  void dryRunChangesNothing(List<String> command) throws IOException {
    var before = snapshot();
    var line = new ArrayList<>(command);
    line.add("--dry-run");
    line.add("--warehouse=" + shop);
    var run = CommandRun.of(line.toArray(String[]::new));
    // Most lack what the commands before them would have made.
    assertThat(run.exitCode()).as(run.err()).isIn(0, 3);
    assertThat(run.out()).isNotBlank();
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void dryRunOfFoldingNamesTheHoursAndTheirLateEvents() {
    var plan = CommandRun.of("load", "--fold-late", "--dry-run", "--warehouse=" + shop);
    assertThat(plan.exitCode()).as(plan.err()).isZero();
    assertThat(plan.out())
        .isEqualTo(
            """
            events/dt=2019-10-01/hr=00: 1 late events to fold
            events/dt=2019-10-01/hr=05: 2 late events to fold
            3 late events for 2 hours; 0 empty hours to seal. Nothing was run.
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--follow",
        "--topic=clicks",
        "--mapping=clickmill",
        "--bootstrap-servers=localhost:1",
        "--client-properties=my.properties",
        "--avro-schema=a.avsc",
        "--schema-registry=schemas",
        "--start=latest",
        "--as-of=2019-10-01T00:00:00Z",
        "--accept-data-loss"
      })
  void foldingTakesNoOptionOfLoading(String option) {
    var run = CommandRun.of("load", "--fold-late", option, "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill load: Invalid options: --fold-late reads no topic and runs once: leave out "
                + option.replaceAll("=.*", "")
                + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pipeline --report=a.html",
        "pipeline --report-from=2019-10-01",
        "pipeline --report-json=a.json",
        "clv --require-fit"
      })
  void dryRunTakesNoOptionOfWhatIsComputed(String line) {
    var words = line.split(" ");
    var run = CommandRun.of(words[0], words[1], "--dry-run", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill "
                + words[0]
                + ": Invalid options: --dry-run computes nothing: leave out "
                + words[1].replaceAll("=.*", "")
                + "\n");
  }

  @Test
  void triedFunnelTakesNoOptionOfPublishing() {
    var run = CommandRun.of("funnel", "--steps=view", "--dry-run", "--warehouse=" + shop);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill funnel: Invalid options: --steps publishes nothing: leave out --dry-run\n");
  }

  /** Every file and folder of the warehouse. */
  private SortedMap<String, Entry> snapshot() throws IOException {
    var entries = new TreeMap<String, Entry>();
    try (var paths = Files.walk(shop)) {
      for (var path : paths.toList()) {
        var content =
            Files.isDirectory(path)
                ? ""
                : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        entries.put(
            shop.relativize(path).toString(), new Entry(Files.getLastModifiedTime(path), content));
      }
    }
    return entries;
  }

  private void send(String... times) throws IOException {
    var lines = new ArrayList<>(List.of("event_time,event_type,visitor_id"));
    for (var time : times) {
      lines.add(time + ",view,v1");
    }
    var file = Files.write(folder.resolve("events.csv"), lines);
    succeed(
        "publish",
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + TOPIC,
        "--input=" + file,
        "--mapping=clickmill");
  }

  private void load(String asOf) {
    succeed(
        "load",
        "--warehouse=" + shop,
        "--bootstrap-servers=" + broker.bootstrapServers(),
        "--topic=" + TOPIC,
        "--mapping=clickmill",
        "--start=earliest",
        "--as-of=" + asOf);
  }

  private static void succeed(String... line) {
    var run = CommandRun.of(line);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
