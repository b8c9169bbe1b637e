package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GcLogTest {
  @Test
  void mostThatWasLeftAfterAPauseIsFound() {
    var log =
        GcLog.of(
            Stream.of(
                "[0.005s][info][gc] Using G1",
                "[1.1s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause)"
                    + " 700M->31M(800M) 3.117ms",
                "[1.2s][info][gc] GC(1) Concurrent Mark Cycle",
                "[1.3s][info][gc] GC(1) Pause Remark 790M->790M(800M) 1.0ms",
                "[1.4s][info][gc] GC(2) Pause Full (Allocation Failure) 799M->410M(800M) 90.5ms",
                "[1.5s][info][gc] GC(3) Pause Young (Allocation Failure) 500M->412M(800M) 1.5ms"));
    assertThat(log).isEqualTo(new GcLog(790, 1));
  }

  @Test
  void taskWithoutALogHasNoFigures() throws IOException {
    assertThat(GcLog.read(Path.of("absent", GcLog.FILE_NAME))).isEqualTo(GcLog.NONE);
  }
}
