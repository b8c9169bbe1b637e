package org.clickmill.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clickmill.benchmarks.PathTime.Step;
import org.junit.jupiter.api.Test;

final class PathTimeTest {
  @Test
  void whatNoStepTellsIsTheLastStep() {
    assertThat(PathTime.withRest(10, List.of(new Step("import", 6), new Step("report", 1.5))))
        .containsExactly(
            new Step("import", 6), new Step("report", 1.5), new Step(PathTime.REST, 2.5));
  }

  @Test
  void eachStepHasAMedianOfItsOwn() {
    assertThat(PathTime.medianSteps(List.of(run(1, 30), run(3, 10), run(2, 20))))
        .containsExactly(new Step("import", 2), new Step("report", 20));
  }

  @Test
  void processesOneAfterTheOtherAddUpButForTheirPeaks() {
    assertThat(new Measurement(2, 3, 700).then(new Measurement(4, 5, 600)))
        .isEqualTo(new Measurement(6, 8, 700));
  }

  @Test
  void partsOfAProcessAreTakenOffItsTimes() {
    assertThat(new Measurement(6, 8, 700).without(4, 5)).isEqualTo(new Measurement(2, 3, 700));
  }

  private static PathTime run(double importing, double reporting) {
    var whole = new Measurement(importing + reporting, 1, 1);
    return new PathTime(
        whole, whole, List.of(new Step("import", importing), new Step("report", reporting)));
  }
}
