package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --day} as the sensor of a scheduler. */
final class StatusOfDayTest {
  private static final String DAY = "--day=" + SmallShop.FIRST_DAY;

  @TempDir Path folder;
  private String warehouse;
  private Path hour;
  private Path elsewhere;

  @BeforeEach
  void importADay() throws IOException {
    var input = SmallShop.generate(folder.resolve("raw"), 100, 1);
    var shop = folder.resolve("shop");
    warehouse = "--warehouse=" + shop;
    var run = CommandRun.of("import", "--mapping=rees46", "--input=" + input, warehouse);
    assertThat(run.exitCode()).as(run.err()).isZero();
    hour = shop.resolve("events/dt=2019-10-01/hr=05");
    elsewhere = folder.resolve("hour");
  }

  @Test
  void dayWhoseHoursAreSealedIsReady() throws IOException {
    for (var wait : new String[] {"--verbose", "--wait"}) {
      var run = CommandRun.of("status", DAY, "--json", wait, warehouse);
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      var day = json(run).get("day");
      assertThat(day.get("day").asText()).isEqualTo("2019-10-01");
      assertThat(day.get("ready").asBoolean()).isTrue();
      assertThat(day.get("sealedHours").asInt()).isEqualTo(24);
      assertThat(day.get("missing")).isEmpty();
    }
    assertThat(CommandRun.of("status", DAY, warehouse).out())
        .startsWith("2019-10-01 is ready: its 24 hours are sealed.\n");
  }

  @Test
  void dayThatLacksAnHourIsNotReadyAndTheHourIsNamed() throws IOException {
    Files.move(hour, elsewhere);
    var run = CommandRun.of("status", DAY, "--json", warehouse);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            "clickmill status: 2019-10-01 is not ready: 23 of its 24 hours are sealed, missing"
                + " 05\n");
    assertThat(json(run).at("/day/ready").asBoolean()).isFalse();
    assertThat(json(run).at("/day/missing/0").asText()).isEqualTo("05");
  }

  @Test
  void dayWithoutAnyHourIsNotReady() {
    var run = CommandRun.of("status", "--day=2019-10-02", warehouse);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("2019-10-02 is not ready: 0 of its 24 hours are sealed");
  }

  @Test
  void noteForTheMetastoreThatIsDamagedIsNamedWithWhatToDo() throws IOException {
    var notes = Files.createDirectories(folder.resolve("shop/_registrations"));
    var note = Files.writeString(notes.resolve("a.json"), "{");
    var metastore = "-Dclickmill.metastore.uris=thrift://localhost:1";
    var run = CommandRun.of("status", warehouse, metastore);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("100 events in 24 sealed hours")
        .endsWith(
            String.format(
                Locale.ROOT,
                "Metastore: Invalid registrations: file:%s: it is cut off at line 1, column 2. Run"
                    + " 'clickmill catalog sync': it registers everything and deletes the file.%n",
                note));
    var status = json(CommandRun.of("status", "--json", warehouse, metastore));
    assertThat(status.at("/unregistered/damaged/0").asText()).contains(note.toString());
  }

  @Test
  void verifiedFilesThatAreDamagedOrMissingAreNamedWithWhatToDo() throws IOException {
    var compact = CommandRun.of("compact", warehouse);
    assertThat(compact.exitCode()).as(compact.err()).isZero();
    var day = folder.resolve("shop/events_daily/dt=2019-10-01");
    var verified = CommandRun.of("status", "--verify-files", warehouse);
    assertThat(verified.out()).contains("100 events").doesNotContain("amaged");
    var flipped = Files.readAllBytes(dataFile(day));
    flipped[flipped.length / 2] ^= 1;
    Files.write(dataFile(day), flipped);
    Files.deleteIfExists(day.resolve("." + dataFile(day).getFileName() + ".crc"));
    var lost = dataFile(hour);
    Files.delete(lost);
    assertThat(CommandRun.of("status", warehouse).out()).doesNotContain("amaged");
    assertThat(CommandRun.of("show", "events", "--limit=0", warehouse).err())
        .contains("Cannot show all rows of events/dt=2019-10-01/hr=00: of 100 there are ")
        .contains("'clickmill status --verify-files' names them");

    var run = CommandRun.of("status", "--verify-files", warehouse);

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(line -> line.startsWith("Damaged")))
        .containsExactly(
            "Damaged partition: events/dt=2019-10-01/hr=05: "
                + lost.getFileName()
                + " is missing (bring it back from a copy of the warehouse)",
            String.format(
                Locale.ROOT,
                "Damaged partition: events_daily/dt=2019-10-01: %s has other bytes than were"
                    + " written (delete the folder file:%s, and the next 'pipeline' makes it"
                    + " again)",
                dataFile(day).getFileName(),
                day));
    var other = CommandRun.of("status", "--verify-files", "--from=2019-10-02", "--json", warehouse);
    assertThat(json(other).at("/damaged").isEmpty()).isTrue();
  }

  private static Path dataFile(Path partition) throws IOException {
    try (var files = Files.list(partition)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void commitThatCannotBeCarriedOutIsNamedWithWhatToDo() throws IOException {
    var intents = Files.createDirectories(folder.resolve("shop/_intents/sales"));
    var intent = Files.writeString(intents.resolve("dt=2019-10-01.r2.json"), "{");
    var run = CommandRun.of("status", warehouse);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines().toList())
        .last(as(STRING))
        .isEqualTo(
            "Invalid intent: file:%1$s: it is cut off at line 1, column 2. To give the commit up,"
                + " delete the intent file:%1$s.",
            intent);
    var stuck = json(CommandRun.of("status", "--json", warehouse)).at("/stuck/0");
    assertThat(stuck.at("/partition/path").asText()).isEqualTo("dt=2019-10-01");
    assertThat(stuck.get("message").asText()).startsWith("Invalid intent: ");
  }

  @Test
  void statusOfSeveralDaysIsNoSensor() throws IOException {
    Files.move(hour, elsewhere);
    var run = CommandRun.of("status", "--from=2019-10-01", "--to=2019-10-01", "--json", warehouse);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(json(run).get("day").isNull()).isTrue();
  }

  @Test
  void waitEndsWhenTheLastHourIsSealed() throws Exception {
    Files.move(hour, elsewhere);
    var wait =
        CompletableFuture.supplyAsync(
            () ->
                CommandRun.of(
                    "status", DAY, "--wait", "-Dclickmill.status.poll-seconds=1", warehouse));
    Thread.sleep(300);
    assertThat(wait).isNotDone();
    Files.move(elsewhere, hour);
    var run = wait.get();
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("2019-10-01 is ready");
  }

  @Test
  void waitGivesUpAfterItsTimeout() throws IOException {
    Files.move(hour, elsewhere);
    var run = CommandRun.of("status", DAY, "--wait", "--timeout=1s", warehouse);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .startsWith("2019-10-01 is not ready: 23 of its 24 hours")
        .endsWith(
            "clickmill status: 2019-10-01 is not ready: 23 of its 24 hours are sealed,"
                + " missing 05\n");
  }

  @Test
  void waitNeedsADayAndTimeoutAWait() {
    var wait = CommandRun.of("status", "--wait", warehouse);
    assertThat(wait.exitCode()).isEqualTo(2);
    assertThat(wait.err())
        .isEqualTo("clickmill status: Missing day: --wait needs one, named by --day\n");
    var timeout = CommandRun.of("status", DAY, "--timeout=1h", warehouse);
    assertThat(timeout.exitCode()).isEqualTo(2);
    assertThat(timeout.err())
        .isEqualTo("clickmill status: Invalid options: --timeout is for --wait\n");
    var span = CommandRun.of("status", DAY, "--wait", "--timeout=soon", warehouse);
    assertThat(span.exitCode()).isEqualTo(2);
    assertThat(span.err())
        .contains("'soon' is not a time span (expected a number and s, m, h or d, such as 30m)");
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }
}
