package org.clickmill.formats.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTest {
  private static final LocalDate DAY = LocalDate.of(2019, 10, 1);

  @Test
  void hourLiesBelowItsDay() {
    var hour = Partition.ofHour("events", DAY, 7);

    assertThat(hour).hasToString("events/dt=2019-10-01/hr=07");
    assertThat(hour.day()).isEqualTo(DAY);
    assertThat(hour.hour()).isEqualTo(7);
    assertThat(hour.fileName()).isEqualTo("dt=2019-10-01,hr=07");
  }

  @Test
  void dayHasNoHour() {
    assertThat(Partition.ofDay("sales", DAY).hour()).isEqualTo(-1);
    assertThat(Partition.ofRun("rejects", DAY, "run-1").day()).isEqualTo(DAY);
  }

  @Test
  void partitionsAreInOrderOfTime() {
    assertThat(Partition.ofHour("events", DAY, 9)).isLessThan(Partition.ofHour("events", DAY, 10));
    assertThat(Partition.ofHour("events", DAY, 23))
        .isLessThan(Partition.ofHour("events", DAY.plusDays(1), 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dt=", "dt=2019-13-01", "day=2019-10-01", "dt=yesterday0", ""})
  void otherFolderIsNoDay(String path) {
    assertThatThrownBy(() -> new Partition("sales", path).day())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid partition: sales/" + path);
  }
}
