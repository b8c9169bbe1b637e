package org.clickmill.metastore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PartitionFilterTest {
  @Test
  void followingDaysHaveGreaterValues() throws IOException {
    assertThat(PartitionFilter.after("dt=2019-10-01")).isEqualTo("(dt > '2019-10-01')");
  }

  @Test
  void followingHoursAreOfTheSameDayOrALaterOne() throws IOException {
    assertThat(PartitionFilter.after("dt=2019-10-01/hr=07"))
        .isEqualTo("(dt > '2019-10-01') or (dt = '2019-10-01' and hr > '07')");
  }

  @Test
  void quotesAreNotThoseOfTheValue() throws IOException {
    assertThat(PartitionFilter.after("dt=it's")).isEqualTo("(dt > \"it's\")");
  }

  @Test
  void nameThatNoLiteralCanHoldIsNamed() {
    assertThatThrownBy(() -> PartitionFilter.after("dt='\""))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "partitions behind one that is called dt='\" cannot be asked for (drop it there)");
  }
}
