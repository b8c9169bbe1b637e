package org.clickmill.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run of a process took, or the medians of several.
 *
 * @param wallSeconds from start to end
 * @param cpuSeconds of user and system, of the process and its children
 * @param peakMebibytes the largest resident memory of the process
 */
record Measurement(double wallSeconds, double cpuSeconds, double peakMebibytes) {

  /** The median of each figure on its own. */
  static Measurement medians(List<Measurement> runs) {
    return new Measurement(
        median(runs, Measurement::wallSeconds),
        median(runs, Measurement::cpuSeconds),
        median(runs, Measurement::peakMebibytes));
  }

  /** How many times another measurement's figures these are. */
  Measurement relativeTo(Measurement other) {
    return new Measurement(
        wallSeconds / other.wallSeconds,
        cpuSeconds / other.cpuSeconds,
        peakMebibytes / other.peakMebibytes);
  }

  /** What this and another process took, one after the other. */
  Measurement then(Measurement next) {
    return new Measurement(
        wallSeconds + next.wallSeconds,
        cpuSeconds + next.cpuSeconds,
        Math.max(peakMebibytes, next.peakMebibytes));
  }

  /** The same process without a part of its work. */
  Measurement without(double partsWallSeconds, double partsCpuSeconds) {
    return new Measurement(
        wallSeconds - partsWallSeconds, cpuSeconds - partsCpuSeconds, peakMebibytes);
  }

  private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return median(runs.stream().map(figure::applyAsDouble).toList());
  }

  /** The median of some numbers, at least one. */
  static double median(List<Double> numbers) {
    var sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
