package org.clickmill.drivers.pipeline;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the table that a pipeline prints.
 *
 * @param step the command that the step stands for
 * @param partitions how many partitions were recomputed
 * @param changed of these, how many got a new version; the others' rows are what they were
 * @param fresh partitions that there was nothing to do for
 * @param recordsIn events or rows read
 * @param recordsOut events or rows written
 * @param rejected malformed records
 * @param seconds wall time
 * @param note what else is to be said; may be empty
 * @param warnings what the user should look at
 * @param refused partitions that were not published although the rest was, with the reason
 * @param stopped partitions that were not published since a check failed, with the check
 */
public record StepReport(
    String step,
    long partitions,
    long changed,
    long fresh,
    long recordsIn,
    long recordsOut,
    long rejected,
    double seconds,
    String note,
    List<String> warnings,
    List<String> refused,
    List<String> stopped) {

  /** A step that published all that it made. */
  public StepReport(
      String step,
      long partitions,
      long changed,
      long fresh,
      long recordsIn,
      long recordsOut,
      long rejected,
      double seconds,
      String note,
      List<String> warnings) {
    this(
        step,
        partitions,
        changed,
        fresh,
        recordsIn,
        recordsOut,
        rejected,
        seconds,
        note,
        warnings,
        List.of(),
        List.of());
  }

  /** The same step, with what it did in another round over the same partitions. */
  StepReport again(StepReport next) {
    return with(next, next.fresh - partitions);
  }

  /** The same step, with what it did over other partitions. */
  StepReport plus(StepReport next) {
    return with(next, fresh + next.fresh);
  }

  private StepReport with(StepReport next, long allFresh) {
    return new StepReport(
        step,
        partitions + next.partitions,
        changed + next.changed,
        allFresh,
        recordsIn + next.recordsIn,
        recordsOut + next.recordsOut,
        rejected + next.rejected,
        seconds + next.seconds,
        note.isEmpty() ? next.note : note,
        Stream.concat(warnings.stream(), next.warnings.stream()).distinct().toList(),
        Stream.concat(refused.stream(), next.refused.stream()).distinct().toList(),
        Stream.concat(stopped.stream(), next.stopped.stream()).distinct().toList());
  }
}
