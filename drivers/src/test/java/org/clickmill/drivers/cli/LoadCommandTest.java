package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"2019-10-01T01:10Z", "2019-10-01T01:10:00Z", "2019-10-01T03:10+02:00"})
  void timeMayBeGivenAsOozieDoes(String text) {
    assertThat(LoadCommand.time(text)).isEqualTo(Instant.parse("2019-10-01T01:10:00Z"));
  }

  @Test
  void timeWithoutAZoneIsWrongUsage() {
    var run =
        CommandRun.of(
            "load",
            "--warehouse=nowhere",
            "--bootstrap-servers=localhost:1",
            "--topic=clicks",
            "--mapping=clickmill",
            "--as-of=2019-10-01T01:10");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "clickmill load: Invalid time: --as-of '2019-10-01T01:10' (expected one like"
                + " 2019-10-01T00:00:00Z)\n");
  }
}
