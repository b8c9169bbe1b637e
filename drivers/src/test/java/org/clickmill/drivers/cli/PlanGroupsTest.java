package org.clickmill.drivers.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.drivers.pipeline.PlannedPartition;
import org.clickmill.drivers.pipeline.State;
import org.clickmill.drivers.pipeline.Suite;
import org.junit.jupiter.api.Test;

final class PlanGroupsTest {
  private static final LocalDate MONDAY = LocalDate.of(2019, 9, 30);

  private final List<PlannedPartition> planned = new ArrayList<>();

  @Test
  void onePartitionIsNamedAsItIs() {
    add("sales", MONDAY, "not computed yet");
    assertThat(PlanGroups.of(planned)).containsExactly("sales/dt=2019-09-30  (not computed yet)");
  }

  @Test
  void daysThatFollowEachOtherAreOneLineAndAGapEndsIt() {
    for (int day : new int[] {0, 1, 2, 4}) {
      add("sales", MONDAY.plusDays(day), "missing input: x/dt=" + MONDAY.plusDays(day));
    }
    assertThat(PlanGroups.of(planned))
        .containsExactly(
            "sales/dt=2019-09-30 to dt=2019-10-02  (3 partitions; the first: missing input:"
                + " x/dt=2019-09-30)",
            "sales/dt=2019-10-04  (missing input: x/dt=2019-10-04)");
  }

  @Test
  void anotherReasonIsAnotherLine() {
    add("sales", MONDAY, "not computed yet");
    add("sales", MONDAY.plusDays(1), "input changed: x/dt=2019-10-01 from version 1 to 2");
    assertThat(PlanGroups.of(planned)).hasSize(2);
  }

  @Test
  void reasonsThatNameMoreOrFewerPartitionsOfADatasetAreAlike() {
    add("trending", MONDAY, "missing input: x/dt=2019-09-30");
    add("trending", MONDAY.plusDays(1), "missing input: x/dt=2019-09-30, x/dt=2019-10-01");
    add(
        "trending",
        MONDAY.plusDays(2),
        "missing input: x/dt=2019-09-30, x/dt=2019-10-01, x/dt=2019-10-02 and 4 more");
    assertThat(PlanGroups.of(planned)).hasSize(1);
  }

  @Test
  void tablesOfTheSameDaysAreOneLine() {
    for (var table : List.of("sales", "sales_by_brand", "view_counts")) {
      add(table, MONDAY, "not computed yet");
    }
    assertThat(PlanGroups.of(planned))
        .containsExactly(
            "{sales, sales_by_brand, view_counts}/dt=2019-09-30  (3 partitions; the first: not"
                + " computed yet)");
    for (var table : List.of("sessions", "sales_by_product", "sales_hourly")) {
      add(table, MONDAY, "not computed yet");
    }
    assertThat(PlanGroups.of(planned))
        .containsExactly(
            "{sales, sales_by_brand, view_counts, sessions and 2 more}/dt=2019-09-30  (6 partitions;"
                + " the first: not computed yet)");
  }

  @Test
  void weeksThatFollowEachOtherAreOneLine() {
    for (int week : new int[] {0, 1}) {
      add("sales_weekly", MONDAY.plusWeeks(week), "not computed yet");
    }
    assertThat(PlanGroups.of(planned))
        .containsExactly(
            "sales_weekly/dt=2019-09-30 to dt=2019-10-07  (2 partitions; the first: not computed"
                + " yet)");
  }

  private void add(String table, LocalDate start, String reason) {
    var configuration = new Configuration(false);
    configuration.set(
        "clickmill.sales.tables",
        "sales,sales_by_brand,sales_by_product,sales_hourly,sales_weekly");
    var entry =
        Suite.entries(configuration).stream()
            .filter(candidate -> candidate.table().dataset().equals(table))
            .findFirst()
            .orElseThrow();
    planned.add(new PlannedPartition(entry, start, State.NOT_READY, reason, 0));
  }
}
