package org.clickmill.drivers.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class DoctorTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private record FakeCheck(String name, Callable<List<Finding>> work) implements Check {
    @Override
    public String advice() {
      return "Look at " + name + ".";
    }

    @Override
    public List<Finding> run() throws Exception {
      return work.call();
    }
  }

  private static Check ok(String name) {
    return new FakeCheck(name, () -> List.of(Finding.ok(name, "well")));
  }

  @Test
  void checkThatThrowsOrHangsIsAFindingAndTheOthersAreAsked() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    Check hanging =
        new FakeCheck(
            "slow",
            () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return List.of();
            });
    Check broken =
        new FakeCheck(
            "broken",
            () -> {
              throw new NoClassDefFoundError("org/example/Missing");
            });
    Check away =
        new FakeCheck(
            "away",
            () -> {
              throw new IOException("java.net.ConnectException: Connection refused.\nmore");
            });
    var waiting = new ArrayList<List<String>>();

    var diagnosis =
        new Doctor(List.of(hanging, broken, ok("first"), away, ok("last")), LIMIT)
            .examine(waiting::add);

    assertThat(diagnosis.text())
        .isEqualTo(
            """
            failed   slow: no answer within 1 s. Look at slow.
            failed   broken: NoClassDefFoundError: org/example/Missing. Look at broken.
            ok       first: well
            failed   away: Connection refused. Look at away.
            ok       last: well
            2 ok, 0 warnings, 3 failed, 0 skipped.\
            """);
    assertThat(waiting).last().isEqualTo(List.of("slow"));
    assertThat(interrupted.getCount()).as("the one that hangs was told to end").isZero();
  }

  @Test
  void severalFindingsOfACheckStayTogetherInTheOrderOfTheChecks() throws InterruptedException {
    Check several =
        new FakeCheck(
            "several",
            () -> {
              Thread.sleep(300);
              return List.of(
                  Finding.warning("one", "little", "Add some."), Finding.skipped("two", "none"));
            });
    var diagnosis = new Doctor(List.of(several, ok("last")), LIMIT).examine(names -> {});
    assertThat(diagnosis.checks())
        .extracting(Finding::text)
        .containsExactly(
            "warning  one: little. Add some.", "skipped  two: none", "ok       last: well");
    assertThat(diagnosis.warnings()).isEqualTo(1);
    assertThat(diagnosis.skipped()).isEqualTo(1);
  }

  @Test
  void jsonHasStatesInLowerCase() {
    var json =
        new ObjectMapper()
            .valueToTree(Diagnosis.of(List.of(Finding.warning("one", "little", "Add some."))));
    assertThat(json.toString())
        .isEqualTo(
            "{\"checks\":[{\"check\":\"one\",\"state\":\"warning\",\"found\":\"little\","
                + "\"advice\":\"Add some.\"}],\"ok\":0,\"warnings\":1,\"failed\":0,\"skipped\":0}");
  }
}
