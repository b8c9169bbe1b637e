package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far an import is, by a clock that the test sets. */
final class ImportProgressTest {
  private final StringWriter err = new StringWriter();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4100000000 |  0.30 |    17 | 1.2 of 4.1 GB, about 40 s left",
        "4100000000 |  0.30 |     2 | 1.2 of 4.1 GB",
        "4100000000 | 0.009 |    17 | 0.0 of 4.1 GB",
        "4100000000 |  0.99 |    99 | 4.1 of 4.1 GB, about 5 s left",
        "4100000000 |  1.00 |    99 | 4.1 of 4.1 GB",
        "4100000000 |  0.50 |    60 | 2.1 of 4.1 GB, about 60 s left",
        "4100000000 |  0.50 |    61 | 2.1 of 4.1 GB, about 2 min left",
        "4100000000 |  0.10 |  3600 | 0.4 of 4.1 GB, about 9 h 0 min left",
        "    999000 |  0.50 |    10 | 499.5 of 999.0 kB, about 10 s left",
        "   1000000 |  0.50 |    10 | 0.5 of 1.0 MB, about 10 s left",
        "50000000000000 | 0.5 | 10 | 25.0 of 50.0 TB, about 10 s left",
        "         0 |  0.50 |    10 | 0.0 of 0.0 kB, about 10 s left"
      })
  void timeLeftIsEstimatedFromTheTimeSoFar(
      long total, double fraction, int seconds, String expected) {
    assertThat(new BytesProgress(total).text(fraction, Duration.ofSeconds(seconds)))
        .isEqualTo(expected);
  }

  @Test
  void lineIsWrittenOverItselfOnATerminal() {
    try (var progress = progress(45)) {
      progress.input("import", 4_100_000_000L);
      progress.report("import", 0);
      progress.report("import", 0.001);
      now = now.plusSeconds(17);
      progress.report("import", 0.3);
      now = now.plusSeconds(40);
      progress.report("import", 1);
    }
    assertThat(err.toString().split("\r", -1))
        .containsExactly(
            "",
            "import: 0.0 of 4.1 GB                       ",
            "import: 1.2 of 4.1 GB, about 40 s left      ",
            "import: 4.1 of 4.1 GB                       " + System.lineSeparator());
  }

  @Test
  void logGetsALineEveryTenSeconds() {
    try (var progress = progress(0)) {
      progress.input("import", 1_000_000_000);
      for (int i = 0; i < 25; i++) {
        progress.report("import", i / 25.0);
        now = now.plusSeconds(1);
      }
    }
    assertThat(err.toString().lines())
        .containsExactly(
            "import: 0.4 of 1.0 GB, about 15 s left", "import: 0.8 of 1.0 GB, about 5 s left");
  }

  private ImportProgress progress(int columns) {
    var out = new PrintWriter(err);
    return new ImportProgress(
        () -> now,
        new StatusLine(() -> now, out, columns),
        new JobProgress(new Console("import", out, out, false)));
  }
}
