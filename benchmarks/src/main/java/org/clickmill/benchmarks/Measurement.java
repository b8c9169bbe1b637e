package org.clickmill.benchmarks;

import java.util.Comparator;
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

  private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    var sorted =
        runs.stream().sorted(Comparator.comparingDouble(figure)).mapToDouble(figure).toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
