package org.clickmill.drivers.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MetricTest {
  /** Every metric is in the page, so that a name that changes is seen. */
  @Test
  void pageListsEveryMetric() throws IOException {
    var rows =
        Arrays.stream(Metric.values())
            .map(
                metric ->
                    "| `"
                        + metric.metricName()
                        + "` | "
                        + metric.typeName()
                        + " | "
                        + metric.labels().stream()
                            .map(label -> "`" + label + "`")
                            .collect(Collectors.joining(", "))
                        + " | "
                        + metric.help()
                        + " |")
            .toList();
    assertThat(Files.readAllLines(Path.of("..", "docs", "monitoring.md")))
        .filteredOn(line -> line.matches("\\| `clickmill_\\w+` \\| (gauge|counter) .*"))
        .containsExactlyElementsOf(rows);
  }

  @Test
  void alertsUseMetricsThatThereAre() throws IOException {
    var names = Arrays.stream(Metric.values()).map(Metric::metricName).toList();
    var alerts = Files.readString(Path.of("..", "docs", "examples", "monitoring", "alerts.yml"));
    assertThat(alerts.split("[^a-z_]+"))
        .filteredOn(word -> word.startsWith("clickmill_"))
        .isNotEmpty()
        .isSubsetOf(names);
  }

  @Test
  void countersAndOnlyTheyEndWithTotal() {
    assertThat(Metric.values())
        .allSatisfy(
            metric ->
                assertThat(metric.metricName().endsWith("_total"))
                    .as(metric.metricName())
                    .isEqualTo(metric.typeName().equals("counter")));
  }
}
