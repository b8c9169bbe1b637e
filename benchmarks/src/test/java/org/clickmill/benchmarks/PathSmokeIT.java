package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path from files to tables, and metrics in its scan, of few events. */
final class PathSmokeIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void pathFindsEqualTablesAndTellsEveryStep(int days) throws IOException {
    var results = benchmark().results("--days=" + days, "--tables=path", "--peers=duckdb");
    var whole = results.get("results").get(0);
    var rest = results.get("results").get(1);
    assertThat(whole.get("question").asText()).isEqualTo("files to report");
    assertThat(whole.findValuesAsText("side")).containsExactly("Clickmill", "DuckDB");
    assertThat(whole.get("rowsCompared").asLong()).isPositive();
    assertThat(rest.get("question").asText()).isEqualTo("without import");
    for (int side = 0; side < 2; side++) {
      double wall = wallOf(whole, side);
      double importing = whole.get("steps").get(side).get(0).get("seconds").asDouble();
      assertThat(wallOf(rest, side)).isCloseTo(wall - importing, within(1e-6));
      var steps = whole.get("steps").get(side).findValues("seconds");
      assertThat(steps.stream().mapToDouble(JsonNode::asDouble).sum())
          .isCloseTo(wall, within(1e-6));
    }
    assertThat(whole.get("steps").get(0).findValuesAsText("name"))
        .startsWith("import", "compact")
        .contains("analyze", "trending", "clv", "report");
    assertThat(whole.get("steps").get(1).findValuesAsText("name"))
        .startsWith("events", "views")
        .contains("trending", "clv", PathTime.REST);
    assertThat(benchmark().text())
        .contains("| Table path | |", "| Clickmill | import |", "| DuckDB | events |")
        .contains("SQL leaves out the sketches of visitors");
  }

  @Test
  void metricsAreScannedBesideTheDefaultTables() throws IOException {
    var results = benchmark().results("--days=2", "--tables=metrics");
    var result = results.get("results").get(0);
    assertThat(result.findValuesAsText("side")).containsExactly("with 10 metrics", "without");
    assertThat(wallOf(result, 0)).isPositive();
    assertThat(benchmark().text())
        .contains("| Table metrics | |", "| scan of the days | with 10 metrics |");
  }

  private static double wallOf(JsonNode result, int side) {
    return result.get("sides").get(side).get("median").get("wallSeconds").asDouble();
  }

  private SmallBenchmark benchmark() {
    return new SmallBenchmark(folder);
  }
}
