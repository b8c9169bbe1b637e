package org.clickmill.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.clickmill.benchmarks.cluster.BigDayReport.Step;
import org.clickmill.benchmarks.cluster.TaskSampler.Sample;
import org.junit.jupiter.api.Test;

final class BigDayReportTest {
  private static final TaskAttempt FAST =
      new TaskAttempt(true, true, null, 10, new GcLog(100, 0), new Sample(50, 300));
  private static final TaskAttempt MIDDLE =
      new TaskAttempt(true, true, null, 20, new GcLog(90, 1), new Sample(70, 200));
  private static final TaskAttempt SLOW =
      new TaskAttempt(true, true, null, 45, GcLog.NONE, Sample.NONE);
  private static final TaskAttempt REDUCE =
      new TaskAttempt(false, true, null, 5, new GcLog(120, 2), Sample.NONE);
  private static final TaskAttempt KILLED =
      new TaskAttempt(false, false, null, 99, GcLog.NONE, Sample.NONE);

  @Test
  void jobIsToldWithItsSlowestAndLargestTasks() {
    var job =
        new JobFigures("compact", true, 0, 61.25, 2, List.of(SLOW, FAST, MIDDLE, REDUCE, KILLED));
    var report =
        new BigDayReport(
            "1,000 events",
            List.of(new Step("import", 63), new Step("pipeline", 1.5)),
            List.of(job),
            List.of("All partitions are the same."));
    assertThat(report.markdown())
        .startsWith("1,000 events\n\n| job | s | maps |")
        .contains(
            "| compact | 61.3 | 3 | 20.0 | 45.0 | 1 | 5.0 | 5.0 | 120 | 3 | 300 | 70 | 0 | 1 | 2 |\n")
        .endsWith(
            "import: 63.0 s\npipeline: 1.5 s\ntotal: 64.5 s\n\nAll partitions are the same.\n");
  }

  @Test
  void taskThatRanOutOfMemoryIsRecognized() {
    assertThat(failed("Error: java.lang.OutOfMemoryError: Java heap space").ranOutOfMemory())
        .isTrue();
    assertThat(
            failed(
                    "[pid=1,containerID=container_1] is running 5B beyond the 'PHYSICAL' memory limit.")
                .ranOutOfMemory())
        .isTrue();
    assertThat(failed("Container killed on request. Exit code is 137").ranOutOfMemory()).isFalse();
  }

  private static JobFigures failed(String failure) {
    var attempt = new TaskAttempt(true, false, failure, 1, GcLog.NONE, Sample.NONE);
    return new JobFigures("compact", false, 0, 1, 1, List.of(FAST, attempt));
  }
}
