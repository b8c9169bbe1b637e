package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark of few events that is run once.
 *
 * @param folder for its files and results
 */
record SmallBenchmark(Path folder) {
  /** Runs it, and reads what it wrote; skips the test on a machine that tells no CPU times. */
  JsonNode results(String... options) throws IOException {
    assumeTrue(MeasuredProcess.isSupported(), "Skipped: there is no /proc on this machine");
    var all = new ArrayList<>(List.of(options));
    all.addAll(
        List.of(
            "--events=20000",
            "--repeat=1",
            "--warm-ups=0",
            "--home=" + System.getProperty("clickmill.home"),
            "--output=" + folder));
    assertThat(Benchmark.run(all.toArray(String[]::new))).isZero();
    return new ObjectMapper().readTree(folder.resolve("results.json").toFile());
  }

  /** The tables for people. */
  String text() throws IOException {
    return Files.readString(folder.resolve("results.md"));
  }
}
