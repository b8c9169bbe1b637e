package org.clickmill.drivers.pipeline;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a pipeline did.
 *
 * @param runId names the run in manifests
 * @param warehouse its root folder
 * @param from first day, or null if there is none
 * @param to last day, or null if there is none
 * @param steps in the order in which they ran
 * @param notReady partitions that could not be computed because input is missing, with the reason
 * @param outdated partitions that an older logic made, and that were left alone
 */
public record PipelineReport(
    String runId,
    String warehouse,
    LocalDate from,
    LocalDate to,
    List<StepReport> steps,
    List<String> notReady,
    List<String> outdated) {

  /** The same run, with more steps. */
  public PipelineReport plus(List<StepReport> more) {
    var all = Stream.concat(steps.stream(), more.stream()).toList();
    return new PipelineReport(runId, warehouse, from, to, all, notReady, outdated);
  }

  /** Whether every partition was fresh before. */
  public boolean didNothing() {
    return refused().isEmpty()
        && stopped().isEmpty()
        && steps.stream().allMatch(step -> step.partitions() == 0);
  }

  /** Partitions that were not published although the rest was, with the reason. */
  public List<String> refused() {
    return steps.stream().flatMap(step -> step.refused().stream()).toList();
  }

  /** Partitions that were not published since a check failed, with the check. */
  public List<String> stopped() {
    return steps.stream().flatMap(step -> step.stopped().stream()).toList();
  }

  /** Partitions that were fresh already. */
  public long fresh() {
    return steps.stream().mapToLong(StepReport::fresh).sum();
  }
}
