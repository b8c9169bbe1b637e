package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasurementTest {
  @Test
  void medianIsTheMiddleOfEachFigure() {
    var medians =
        Measurement.medians(
            List.of(
                new Measurement(3, 10, 500),
                new Measurement(1, 30, 100),
                new Measurement(2, 20, 300)));
    assertThat(medians).isEqualTo(new Measurement(2, 20, 300));
  }

  @Test
  void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    var runs = List.of(new Measurement(4, 1, 10), new Measurement(1, 2, 20));
    assertThat(Measurement.medians(runs)).isEqualTo(new Measurement(2.5, 1.5, 15));
  }

  @Test
  void ratioTellsHowManyTimesTheOthersFigures() {
    assertThat(new Measurement(2, 3, 100).relativeTo(new Measurement(4, 2, 400)))
        .isEqualTo(new Measurement(0.5, 1.5, 0.25));
  }
}
