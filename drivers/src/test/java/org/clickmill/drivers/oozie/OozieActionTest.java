package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OozieActionTest {
  @TempDir static Path folder;
  private static Path imported;

  @TempDir Path own;
  private Path shop;
  private OozieActions actions;

  @BeforeAll
  static void importADay() throws IOException {
    imported = OozieActions.warehouse(folder);
  }

  @BeforeEach
  void copyWarehouse() throws IOException {
    shop = own.resolve("shop");
    copy(imported, shop);
    actions = new OozieActions(own.resolve("launcher"));
  }

  @Test
  void optionsWithoutAValueAreLeftOut() {
    assertThat(
            OozieAction.commandLine(
                "load", "--schema-registry=", "--topic=a=", "--start=earliest", "--as-of=", "-Da="))
        .containsExactly("load", "--topic=a=", "--start=earliest", "-Da=");
  }

  @Test
  void figuresOfTheResultAreTheOutput() throws IOException {
    var ended = actions.run("compact", "compact", "--warehouse=" + shop, "--day=2019-10-01");
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.json().at("/steps/0/partitions").asInt()).isEqualTo(1);
    assertThat(ended.properties())
        .containsEntry("command", "compact")
        .containsEntry("from", "2019-10-01")
        .containsEntry("steps.count", "1")
        .containsEntry("steps.compact.partitions", "1")
        .containsEntry("steps.compact.recordsOut", "1")
        .containsEntry("notReady.count", "0")
        .doesNotContainKey("omitted");
  }

  @Test
  void outputOfALongResultIsCutAndSaysSo() throws IOException {
    var ended = actions.run("pipeline", "pipeline", "--warehouse", shop.toString());
    assertThat(ended.exitCode()).as(ended.err()).isZero();
    var properties = ended.properties();
    assertThat(properties).containsKeys("runId", "steps.compact.partitions", "omitted");
    assertThat(ended.err())
        .contains(
            properties.get("omitted")
                + " figures are left out of the action's output, of which Oozie takes 2048"
                + " characters\n");
  }

  @Test
  void launcherThatRunsTwiceChangesNothing() throws IOException {
    var first = actions.run("compact", "compact", "--warehouse=" + shop);
    assertThat(first.exitCode()).as(first.err()).isZero();
    var before = files(shop.resolve("events_daily"));
    var second = actions.run("compact", "compact", "--warehouse=" + shop);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.properties())
        .containsEntry("steps.compact.partitions", "0")
        .containsEntry("steps.compact.fresh", "1");
    assertThat(files(shop.resolve("events_daily"))).isEqualTo(before);
  }

  @Test
  void reasonOfAFailureIsKeptUntilTheActionSucceeds() throws IOException {
    var hour = OozieActions.takeHour(shop, "05");
    var failed =
        actions.run("make-day", "compact", "--warehouse=" + shop, "--day=2019-10-01", "--last=");
    assertThat(failed.exitCode()).isEqualTo(3);
    assertThat(failed.output()).doesNotExist();
    var message = "clickmill compact: Cannot compute 1 partitions, the rest is done:";
    assertThat(failed.err()).contains(message);
    var file = OozieActions.file(shop, "make-day.json");
    var reason = new ObjectMapper().readTree(file.toFile());
    assertThat(reason.get("workflow").asText()).isEqualTo(OozieActions.WORKFLOW);
    assertThat(reason.get("action").asText()).isEqualTo("make-day");
    assertThat(reason.get("command").asText())
        .isEqualTo("compact --warehouse=" + shop + " --day=2019-10-01");
    assertThat(reason.get("exitCode").asInt()).isEqualTo(3);
    assertThat(reason.get("time").asText()).isEqualTo("2019-10-02T00:20:00Z");
    assertThat(reason.get("reason"))
        .extracting(JsonNode::asText)
        .containsExactly(
            message, "  events_daily/dt=2019-10-01: missing input: events/dt=2019-10-01/hr=05");

    OozieActions.putBack(hour);
    var retry = actions.run("make-day", "compact", "--warehouse=" + shop, "--day=2019-10-01");
    assertThat(retry.exitCode()).as(retry.err()).isZero();
    assertThat(file).doesNotExist();
  }

  @Test
  void commandLineThatCannotBeParsedHasAReasonToo() throws IOException {
    var ended = actions.run("compact", "compact", "--warehouse", shop.toString(), "--dya=1");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("clickmill compact: Unknown option: '--dya=1'");
    assertThat(Files.readString(OozieActions.file(shop, "compact.json")))
        .contains("Unknown option: '--dya=1'", "\"exitCode\" : 2");
  }

  @Test
  void misspeltCommandIsReportedAsOfTheCommandLine() throws IOException {
    var ended = actions.run("compact", "compcat", "--warehouse", shop.toString());
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("'compcat'").doesNotContain("-conf", "action.xml");
  }

  @Test
  void missingWarehouseIsNotMadeForTheReason() throws IOException {
    var nowhere = own.resolve("nowhere");
    var ended = actions.run("compact", "compact", "--warehouse=" + nowhere);
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "clickmill on Oozie: Cannot keep the reason of a failure in " + nowhere,
            "Missing warehouse: file:" + nowhere);
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void secretsOfTheActionStayOutOfWhatItLeaves() throws IOException {
    actions.configure(
        Map.of("hadoop.security.key", "vErYsEcReT", "warehouse.password", "vErYsEcReT"));
    var ended =
        actions.run(
            "load",
            "load",
            "--warehouse=" + shop,
            "--topic=clicks",
            "--mapping=nothing",
            "--bootstrap-servers=localhost:1",
            "-Dfs.some.password=vErYsEcReT",
            "--schema-registry=http://anna:vErYsEcReT@registry:8081/");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(Files.readString(OozieActions.file(shop, "load.json")))
        .contains("-Dfs.some.password=[hidden]", "--schema-registry=http://[hidden]@registry:8081/")
        .doesNotContain("vErYsEcReT");
    assertThat(ended.out() + ended.err()).doesNotContain("vErYsEcReT");
  }

  @Test
  void reasonsAreDeletedAfterThirtyDays() throws IOException {
    actions.run("compact", "compact", "--warehouse=" + shop, "--dya=1");
    var old = OozieActions.file(shop, "compact.json");
    var other = Files.createDirectory(shop.resolve("_oozie/0000008-191001000000000-oozie-mill-W"));
    var time = FileTime.from(OozieActions.NOW);
    Files.setLastModifiedTime(old.getParent(), time);
    Files.setLastModifiedTime(other, FileTime.from(OozieActions.NOW.plus(Duration.ofHours(1))));
    var later = OozieActions.NOW.plus(Duration.ofDays(30));
    actions.run(later, "compact", "compact", "--warehouse=" + shop);
    assertThat(old.getParent()).exists();
    Files.setLastModifiedTime(old.getParent(), time);
    actions.run(later.plusSeconds(1), "compact", "compact", "--warehouse=" + shop);
    assertThat(old.getParent()).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void commandThatTakesNoOptionOfALauncherGetsNone() throws IOException {
    for (var command : new String[] {"version", "help"}) {
      var ended = actions.run(command, command);
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.properties()).containsEntry("command", command);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  private static SortedMap<Path, FileTime> files(Path root) throws IOException {
    var files = new TreeMap<Path, FileTime>();
    try (var all = Files.walk(root)) {
      for (var file : all.toList()) {
        files.put(file, Files.getLastModifiedTime(file));
      }
    }
    return files;
  }
}
