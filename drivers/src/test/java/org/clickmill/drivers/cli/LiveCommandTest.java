package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clickmill.jobs.live.LiveChanges;
import org.clickmill.jobs.live.LiveOutcome;
import org.junit.jupiter.api.Test;

/** What the user is told of an update of the live tables. */
final class LiveCommandTest {
  @Test
  void daysThatAreLiveNoMoreAreTold() {
    assertThat(text(List.of(), List.of("dt=2024-03-01")))
        .isEqualTo(
            "Live tables stand at commit 7; no live day has changed, and 1 with new events are live"
                + " no more: their batch tables are there.");
    assertThat(text(List.of(), List.of()))
        .isEqualTo("Live tables stand at commit 7; no live day has changed.");
    assertThat(text(List.of("dt=2024-03-02"), List.of("dt=2024-03-01")))
        .isEqualTo(
            "Live tables stand at commit 7: 1,000 events read, 3 duplicates dropped, 2 buckets of 1"
                + " days counted in 1.5 s.");
  }

  private static String text(List<String> days, List<String> ended) {
    return LiveCommand.text(new LiveOutcome(7, 1_000, 3, 2, days, ended, LiveChanges.NONE, 1.5));
  }
}
