package org.clickmill.drivers.oozie;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {
  @Test
  void valuesHaveFlatNamesAndThoseOnTopComeFirst() throws IOException {
    var figures =
        Figures.of(
            new ObjectMapper()
                .readTree(
                    "{\"total\": {\"events\": 3, \"late\": 0}, \"commit\": 7, \"lost\": null}"));
    assertThat(figures)
        .containsExactly(
            Map.entry("commit", "7"), Map.entry("total.events", "3"), Map.entry("total.late", "0"));
  }

  @Test
  void elementsAreNamedByTheirFirstTextOrByNumber() throws IOException {
    var figures =
        Figures.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"steps": [{"step": "compact", "fresh": 1}, {"step": "sales", "fresh": 2}],
                     "partitions": [{"topic": "a", "end": 5}, {"topic": "a", "end": 6}],
                     "warnings": ["x", "y"]}
                    """));
    assertThat(figures)
        .containsEntry("steps.count", "2")
        .containsEntry("steps.compact.fresh", "1")
        .containsEntry("steps.sales.fresh", "2")
        .containsEntry("partitions.0.end", "5")
        .containsEntry("partitions.1.end", "6")
        .containsEntry("warnings.count", "2")
        .doesNotContainKeys("warnings.0");
  }
}
