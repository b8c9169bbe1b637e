package org.clickmill.drivers.pipeline;

/**
 * One line of the table that a pipeline prints.
 *
 * @param step the command that the step stands for
 * @param partitions how many partitions were recomputed
 * @param changed of these, how many got a new version; the others' rows are what they were
 * @param fresh partitions that there was nothing to do for
 * @param recordsIn events or rows read
 * @param recordsOut events or rows written
 * @param rejected records that were no events
 * @param seconds wall time
 * @param note what else is to be said; may be empty
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
    String note) {}
