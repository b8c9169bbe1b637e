package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading beside a bare consumer, and how fresh live tables are, of few events. */
final class KafkaSmokeIT {
  @TempDir private Path folder;

  @Test
  void loaderFindsWhatABareConsumerFinds() throws IOException {
    var results =
        benchmark()
            .results(
                "--days=1",
                "--tables=load",
                "--peers=consumer",
                "--topic-compression=uncompressed");
    var catchUp = results.get("results").get(0);
    assertThat(catchUp.findValuesAsText("side")).containsExactly("Clickmill", "bare consumer");
    // Four partitions, and all of them.
    assertThat(catchUp.get("rowsCompared").asInt()).isEqualTo(5);
    assertThat(catchUp.get("records").asLong()).isEqualTo(20_000);
    assertThat(results.get("results").get(1).get("question").asText()).isEqualTo("nothing new");
    assertThat(benchmark().text())
        .contains(
            "| Table load | |",
            "| catch up, uncompressed topic | Clickmill |",
            "|  | bare consumer |")
        .containsPattern(
            "Rates, load catch up, uncompressed topic: Clickmill [0-9,]+ records a second; bare consumer [0-9,]+ records"
                + " a second, of which the first side's are [0-9]+ %\\.");
  }

  @Test
  void everyPurchaseIsFoundInTheLiveTableAndInItsTopic() throws IOException {
    var results = benchmark().results("--tables=fresh", "--seconds=3");
    assertThat(results.get("freshness").findValuesAsText("place"))
        .containsExactly("live_sales", "the topic");
    for (var place : results.get("freshness")) {
      assertThat(place.get("records").asLong()).isEqualTo(3_000);
      assertThat(place.get("median").asDouble()).isBetween(0.0, place.get("p95").asDouble());
    }
    assertThat(benchmark().text()).startsWith("| Table FRESH | records | p50 s |");
  }

  private SmallBenchmark benchmark() {
    return new SmallBenchmark(folder);
  }
}
