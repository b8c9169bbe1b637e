package org.clickmill.jobs.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.clickmill.jobs.kernel.ReducerPlan.Load;
import org.clickmill.jobs.kernel.Table.Spread;
import org.junit.jupiter.api.Test;

final class ReducerPlanTest {
  private static final long MB = 1L << 20;

  @Test
  void largePartitionIsSpreadWhateverTheNumberOfTablesMadeOfIt() {
    var day = new Load(Spread.BY_BYTES, List.of(4096 * MB));
    var plan = plan(4096, Collections.nCopies(20, day));
    assertThat(plan.reducers()).isEqualTo(5);
    assertThat(plan.spread()).hasSize(20).containsOnly(5);
  }

  @Test
  void singleTableOfALargeDayHasAsManyReducersAsItsBytesNeed() {
    var plan = plan(4096, List.of(new Load(Spread.BY_BYTES, List.of(4096 * MB))));
    assertThat(plan).isEqualTo(new ReducerPlan(5, List.of(5)));
  }

  @Test
  void smallPartitionsStayWhole() {
    var days = new Load(Spread.BY_BYTES, Collections.nCopies(100, 50 * MB));
    assertThat(plan(5000, List.of(days))).isEqualTo(new ReducerPlan(5, List.of(1)));
  }

  @Test
  void tableInOneOrderStaysWhole() {
    var ranked = new Load(Spread.ONE_REDUCER, List.of(4096 * MB, 4096 * MB));
    assertThat(plan(8192, List.of(ranked))).isEqualTo(new ReducerPlan(2, List.of(1)));
  }

  @Test
  void keysOfAnyOutputPartitionGoOverAllReducers() {
    var spread =
        List.of(new Load(Spread.BY_KEY, List.of(MB)), new Load(Spread.ALL_REDUCERS, List.of(MB)));
    assertThat(plan(4096, spread)).isEqualTo(new ReducerPlan(5, List.of(5, 5)));
  }

  private static ReducerPlan plan(long megabytes, List<Load> loads) {
    return ReducerPlan.of(new Configuration(false), megabytes * MB, loads);
  }
}
